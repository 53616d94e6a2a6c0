"""Discover as the board shows it: whom a search would ask, and how the one under way goes."""

from uuid import uuid4

import pytest
from reflex_base.utils.form import FORM_DATA_ENTRIES_KEY

from leadboard.domain.discovery import DiscoveryStatus
from leadboard.domain.discovery.sources import sources
from leadboard.domain.found import Search
from leadboard.domain.icp import Icp
from leadboard.providers.registry import SERVICES
from leadboard.store import catalogue, db, discoveries, icps
from leadboard.store.discoveries import SourceState
from leadboard.store.offers import Offer
from leadboard.store.tables import Discovery, Event
from leadboard.ui.board.entries import entry
from leadboard.ui.discovery.display import Run
from leadboard.ui.discovery.state import DiscoveryState
from leadboard.ui.discovery.view import DiscoveryView, offering, run
from leadboard.ui.lead.view import _entry
from tests.ui.conftest import Pages, session_of


@pytest.fixture(autouse=True)
def known_services():
    catalogue.use(SERVICES)
    yield
    catalogue.use(())


def a_search(status: DiscoveryStatus, **more) -> Discovery:
    return Discovery(id=uuid4(), workspace_id=uuid4(), target=10, icp_version=1, status=status, by="Ada", **more)


SOURCES = [
    vars(SourceState("apollo", "Why.", "done", found=93, micros=20_000, cursors=["", "2"])),
    vars(SourceState("wikidata", "Why.", "waiting")),
    vars(SourceState("prospeo", "Why.", "failed", error="Prospeo could not be reached.")),
]


def test_a_search_under_way_says_how_far_each_source_is():
    said = run(a_search(DiscoveryStatus.RUNNING, sources=SOURCES, created=4, refreshed=1, spent_micros=20_000))
    assert (said.working, said.title, said.counts) == (True, "Looking for 10 companies", "4 new · 1 refreshed")
    assert (said.short, said.percent, said.cost) == ("4 of 10", 40, "$0.02")
    assert [(each.label, each.word, each.said) for each in said.sources] == [
        ("Apollo", "Done", "93 companies on 2 pages"),
        ("Wikidata", "Asking", ""),
        ("Prospeo", "Failed", "Prospeo could not be reached."),
    ]


@pytest.mark.parametrize(
    ("status", "created", "title"),
    [
        (DiscoveryStatus.REQUESTED, 0, "Looking for 10 companies"),
        (DiscoveryStatus.COMPLETE, 0, "Found no new company"),
        (DiscoveryStatus.COMPLETE, 1, "Found 1 new company"),
        (DiscoveryStatus.CANCELLED, 2, "Stopped after 2 new companies"),
        (DiscoveryStatus.FAILED, 0, "Failed after 0 new companies"),
    ],
)
def test_its_title_says_how_it_ended(status, created, title):
    assert run(a_search(status, created=created)).title == title


def test_a_source_that_was_not_needed_any_more_says_so():
    stopped = [vars(SourceState("apollo", "Why.", "stopped", found=5, cursors=[""]))]
    assert run(a_search(DiscoveryStatus.COMPLETE, sources=stopped)).sources[0].word == "Enough found"
    assert run(a_search(DiscoveryStatus.CANCELLED, sources=stopped)).sources[0].word == "Stopped"


def test_who_was_left_out_is_told_with_the_reason():
    rejected = [{"key": "biotech", "name": "biotech", "service": "apollo", "why": "It names an industry."}]
    said = run(a_search(DiscoveryStatus.COMPLETE, rejected=rejected))
    assert said.left_out == "1 company left out"
    assert (said.rejects[0].name, said.rejects[0].label, said.rejects[0].why) == (
        "biotech",
        "Apollo",
        "It names an industry.",
    )


def test_an_offer_says_what_it_costs_and_proposes_a_cap():
    asked = sources(Search(industries=("Biotech",)), SERVICES, lambda service: service.name in ("apollo", "wikidata"))
    said = offering(Offer(3, asked, frozenset({"apollo"})))
    assert [(row.label, row.price, row.demo) for row in said.asked] == [
        ("Apollo", "$0.02 a page", True),
        ("Wikidata", "free", False),
    ]
    assert said.cost.startswith("$0.02 for a page of each, at most $0.20.")
    assert said.cap == "1"


def test_an_offer_of_free_sources_alone_asks_for_no_cap():
    asked = sources(Search(industries=("Biotech",)), SERVICES, lambda service: service.name == "wikidata")
    said = offering(Offer(1, asked, frozenset()))
    assert (said.cost, said.cap) == ("Nothing of this costs anything.", "")
    assert offering(None).version == 0


async def test_news_of_a_search_a_profile_or_a_key_is_read_again(database, team):
    view = DiscoveryView(team.id)
    assert (await view.read(view.parts()))["run"] == Run()
    assert view.concerned(frozenset({"discovery"})) == {"run"}
    assert view.concerned(frozenset({"icp"})) == {"offer"}
    assert not view.concerned(frozenset({"lead:1", "activity"}))


async def test_what_is_wrong_with_the_form_is_said_at_its_field(pages: Pages, team):
    async with db.begin(team.id) as tx:
        await icps.save(tx, Icp(industry=("Biotech",)), "Ada")
    session, at = await session_of(team.member), f"/w/{team.slug}/board"

    async def start(**typed: str) -> DiscoveryState:
        form = {"form": {FORM_DATA_ENTRIES_KEY: [list(field) for field in typed.items()]}}
        assert await pages.call(f"{DiscoveryState.get_full_name()}.start", form, session, at, tab="a") is None
        (root,) = pages.manager.states.values()
        return await root.get_state(DiscoveryState)

    assert (await start(target_count="51")).target_wrong == "Ask for 1 to 50 companies."
    state = await start(target_count="10", cap="much")
    assert (state.target_wrong, state.cap_wrong) == ("", "A cap is an amount from $0 to $1,000.")
    async with db.read(team.id) as tx:
        assert await discoveries.latest(tx) is None
    state = await start(target_count="10", cap="2.50", enrich="on")
    async with db.read(team.id) as tx:
        asked = await discoveries.latest(tx)
    assert asked
    assert (asked.target, asked.cap_micros, asked.enrich, state.open) == (10, 2_500_000, True, False)


@pytest.mark.parametrize(
    ("kind", "data", "words"),
    [
        ("lead_generated", {"source": "Apollo"}, "Found by Apollo"),
        ("lead_found_again", {"skipped": False}, "Found again by a search"),
        ("lead_found_again", {"skipped": True}, "Found again by a search, and left as it is"),
    ],
)
def test_the_timeline_of_a_lead_tells_who_found_it(kind, data, words):
    told = _entry(Event(workspace_id=uuid4(), n=1, kind=kind, actor="Ada", data=data), "north", "Acme")
    assert told
    assert "".join(part.text for part in told.parts) == words


@pytest.mark.parametrize(
    ("kind", "data", "words"),
    [
        ("pipeline_start", {"max_leads": 10}, "Ada began to look for 10 companies"),
        ("pipeline_end", {"total_leads_generated": 1}, "1 new company found by the search of Ada"),
    ],
)
def test_the_activity_tells_of_a_search(kind, data, words):
    told = entry(Event(workspace_id=uuid4(), n=1, kind=kind, actor="Ada", data=data), "north", "")
    assert told
    assert "".join(part.text for part in told.parts) == words
