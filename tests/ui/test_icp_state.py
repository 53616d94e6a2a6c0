"""The builder without a browser: the draft in the state, its checks, its trial, and what the page is told."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from leadboard.actions import icps
from leadboard.domain.icp import Icp as Profile
from leadboard.domain.icp_match import BINS, Matches
from leadboard.domain.identity import is_legal_form
from leadboard.domain.study import STEPS
from leadboard.store import db, studies
from leadboard.store import icps as stored
from leadboard.store.tables import Icp, Lead
from leadboard.ui.icp import draft
from leadboard.ui.icp.display import trial, version_rows
from leadboard.ui.icp.state import IcpState
from leadboard.ui.icp.study import Study
from leadboard.ui.icp.view import IcpView
from tests.conftest import Team
from tests.ui.conftest import Pages, session_of


@pytest.mark.parametrize(
    ("tags", "text", "after"),
    [
        ([], "a", ["a"]),
        (["a"], " A ", ["a"]),
        (["a"], "b, c;d\te\r\nf", ["a", "b", "c", "d", "e", "f"]),
        (["a"], " ,\n; ", ["a"]),
        ([], "food   safety", ["food safety"]),
    ],
)
def test_a_text_adds_the_tags_in_it(tags: list[str], text: str, after: list[str]) -> None:
    assert draft.with_added("industry", tags, text) == after


@pytest.mark.parametrize(
    ("tags", "text", "after"),
    [
        ([], "Acme, Inc., Globex GmbH", ["Acme, Inc.", "Globex GmbH"]),
        (
            [],
            "Acme, Pty. Ltd., Initech, L.L.C.; Hooli, Co., Ltd",
            ["Acme, Pty. Ltd.", "Initech, L.L.C.", "Hooli, Co., Ltd"],
        ),
        (["Acme"], " Inc.", ["Acme, Inc."]),
        (["Acme, Inc."], "ACME, INC.", ["Acme, Inc."]),
        (["Globex", "Acme"], "Globex, Inc.", ["Globex", "Acme", "Globex, Inc."]),
        (["acme.com"], "Inc.", ["acme.com"]),
        ([], "Booking.com, Inc., Hooli", ["Booking.com", "Hooli"]),
        ([], "Inc., Acme", ["Inc.", "Acme"]),
        ([], "Acme, Incline", ["Acme", "Incline"]),
    ],
)
def test_a_legal_form_belongs_to_the_company_before_it(tags: list[str], text: str, after: list[str]) -> None:
    assert draft.with_added("exclusions", tags, text) == after


def test_what_is_a_legal_form_elsewhere_is_a_tag_where_no_companies_are_named() -> None:
    assert draft.with_added("geographies", [], "CA, CO, NY") == ["CA", "CO", "NY"]


NAMES = st.text(st.characters(codec="utf-8", exclude_characters=",;\t\r\n."), min_size=1, max_size=20).map(
    lambda text: " ".join(text.split())
)
FORMS = st.sampled_from(["", "Inc.", "LLC", "Ltd", "Pty Ltd", "Pty. Ltd.", "GmbH", "Co.", "corp", "G.m.b.H."])


@given(st.lists(st.tuples(NAMES.filter(lambda name: name and not is_legal_form(name)), FORMS), max_size=8))
def test_a_list_of_companies_is_read_as_it_was_written(companies: list[tuple[str, str]]) -> None:
    written = [", ".join(filter(None, company)) for company in companies]
    once = {name.casefold(): name for name in reversed(written)}

    assert sorted(draft.with_added("exclusions", [], ", ".join(written))) == sorted(once.values())


@pytest.mark.parametrize(
    ("size_min", "size_max", "wrong", "swap"),
    [
        ("", "", False, False),
        ("5", "", False, False),
        ("1,200", "3,000", False, False),
        ("500", "50", True, True),
        ("many", "", True, False),
        ("-5", "10", True, False),
    ],
)
def test_sizes_are_checked_and_offered_the_other_way_round(
    size_min: str, size_max: str, wrong: bool, swap: bool
) -> None:
    assert bool(draft.errors_of(draft.raw({}, size_min, size_max))) is wrong
    assert draft.can_swap(size_min, size_max) is swap


def test_every_wrong_field_is_told_at_once() -> None:
    raw = draft.raw({"industry": ["x" * 101], "signals": [str(n) for n in range(51)]}, "9", "1")

    assert set(draft.errors_of(raw)) == {"industry", "signals", "company_size"}


def test_versions_are_told_against_the_one_before() -> None:
    moment = datetime(2026, 11, 20, 10, 42, tzinfo=UTC)
    profiles = (Profile(industry=("B",), size_min=5), Profile(industry=("B",)), Profile(industry=("A",)))
    rows = [
        Icp(version=3 - at, data=one.to_data(), created_by="Ada Moreno", created_at=moment)  # type: ignore[call-arg]
        for at, one in enumerate(profiles)
    ]

    whole, cut = version_rows(rows, True), version_rows(rows, False)

    assert [row.changes for row in whole] == [
        ["Company size: any size became 5 people or more"],
        ["Industries: + B, − A"],
        ["Industries: + A"],
    ]
    assert [(row.number, row.current, row.by.initials) for row in whole] == [
        (3, True, "AM"),
        (2, False, "AM"),
        (1, False, "AM"),
    ]
    assert cut == whole[:2], "the last has nothing to be held against"


def test_the_histogram_shows_what_matches_beside_what_is_saved() -> None:
    bins = (0,) * 8 + (4, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 1)
    before = (0,) * 8 + (8,) + (0,) * 11
    assert len(bins) == BINS

    shown = trial(Matches(9, 1, 3, 4, bins, 8, before, (), ()), "north", 4)

    assert (shown.count, shown.of, shown.change, shown.never) == (
        "7",
        "of 9 leads",
        "−1 against version 4",
        "1 never wanted",
    )
    assert len(shown.bars) == 12
    assert (shown.bars[0].height, shown.bars[0].tick, shown.bars[0].band) == (50, 100, "fair")
    assert (shown.bars[6].height, shown.bars[6].band) == (25, "strong")
    assert shown.bars[-1].label == "Fit 95 to 100: 1 lead, 0 with version 4"


class Builder:
    """The page of one tab of somebody's."""

    def __init__(self, pages: Pages, team: Team, session: str) -> None:
        self.pages, self.team, self.session = pages, team, session

    async def press(self, name: str, **payload: object) -> Exception | None:
        """Send an event of the page and wait for what it sets off."""
        done = await self.pages.call(
            f"{IcpState.get_full_name()}.{name}", payload, self.session, f"/w/{self.team.slug}/icp", tab="builder"
        )
        await self.pages.processor.join(10)
        return done

    async def add(self, field: str, text: str) -> None:
        assert await self.press("add", form={"field": field, "text": text}) is None

    async def state(self) -> IcpState:
        (root,) = self.pages.manager.states.values()
        return await root.get_state(IcpState)


@pytest.fixture
async def builder(pages: Pages, team: Team) -> Builder:
    async with db.begin(team.id) as tx:
        tx.add_all(
            Lead(workspace_id=team.id, key=f"c{n}", name=f"C{n}", industry=("Robotics", "Retail")[n % 2])
            for n in range(6)
        )
    opened = Builder(pages, team, await session_of(team.owner))
    assert await opened.press("look") is None
    return opened


async def test_a_draft_is_tried_compared_and_saved(builder: Builder, team: Team) -> None:
    await builder.add("industry", "Robotics, Optics")
    state = await builder.state()
    assert state.tags["industry"] == ["Robotics", "Optics"]
    assert (state.unsaved, state.changes) == (2, "Industries: + Robotics, + Optics")
    assert (state.trial.count, state.trial.of, state.trying) == ("3", "of 6 leads", False)

    assert await builder.press("save") is None

    state = await builder.state()
    assert (state.based_on, state.unsaved, state.saving) == (1, 0, False)
    assert await icps.read(team.viewer, team.slug) == (1, Profile(industry=("Robotics", "Optics")))


async def test_a_wrong_draft_is_neither_tried_nor_saved_nor_lost(builder: Builder, team: Team) -> None:
    await builder.press("resize", form={"size_min": "500", "size_max": "50"})
    assert await builder.press("save") is None

    state = await builder.state()
    assert "Swap them" in state.errors["company_size"]
    assert (state.size_min, state.can_swap, state.unsaved, state.trying) == ("500", True, 1, False)
    assert await icps.read(team.viewer, team.slug) == (0, None)

    await builder.press("swap")

    state = await builder.state()
    assert (state.size_min, state.size_max, state.errors) == ("50", "500", {})


async def test_a_draft_survives_a_reconnect_and_is_thrown_away_only_when_asked(builder: Builder) -> None:
    await builder.add("signals", "hiring")
    await builder.press("look")
    assert (await builder.state()).tags["signals"] == ["hiring"]

    await builder.press("discard")

    state = await builder.state()
    assert (state.tags["signals"], state.unsaved) == ([], 0)


async def test_a_version_is_not_restored_over_a_draft(builder: Builder, team: Team) -> None:
    await icps.save(team.admin, team.slug, Profile(industry=("Retail",)).to_data())
    await icps.save(team.admin, team.slug, Profile().to_data())
    await builder.add("signals", "hiring")
    refused = await builder.press("restore", number=1)
    assert "Save or discard" in str(refused)
    await builder.press("discard")

    assert await builder.press("restore", number=1) is None

    state = await builder.state()
    assert (state.based_on, state.tags["industry"]) == (3, ["Retail"])


async def test_a_list_too_long_to_be_mended_is_refused_whole(builder: Builder) -> None:
    await builder.add("industry", "kept")
    await builder.add("industry", ",".join(f"tag {n}" for n in range(draft.MOST_TAGS)))

    state = await builder.state()
    assert state.tags["industry"] == ["kept"]
    assert "50 is the most" in state.errors["industry"]


async def test_the_latest_of_several_drafts_is_the_one_that_is_shown(builder: Builder, team: Team) -> None:
    changes = [builder.press("add", form={"field": "industry", "text": text}) for text in ("Optics", "Robotics")]
    await asyncio.gather(*changes)

    state = await builder.state()
    assert (state.trial.count, state.trying) == ("3", False)


async def test_everybody_on_the_page_hears_of_a_version_and_of_the_scoring(database: db.Database, team: Team) -> None:
    view = IcpView(team.id)
    async with db.begin(team.id) as tx:
        tx.add_all(Lead(workspace_id=team.id, key=f"c{n}", name=f"C{n}") for n in range(4))
    await _save(team)
    told = await view.read(view.parts())

    assert view.concerned(frozenset({"icp"})) == {"versions", "scoring"}
    assert view.concerned(frozenset({"lead:1"})) == {"scoring"}
    assert view.concerned(frozenset({"imports"})) == frozenset()
    assert (told["version"], len(told["versions"])) == (1, 1)
    assert (told["scoring"].title, told["scoring"].percent) == ("Scoring with version 1", 0)
    async with db.begin(team.id) as tx:
        for lead in (await tx.exec(select(Lead))).all():
            lead.fit_icp_version = 1
    assert (await view.read(frozenset({"scoring"})))["scoring"].title == ""


async def _save(team: Team) -> None:
    async with db.begin(team.id) as tx:
        await stored.save(tx, Profile(industry=("Retail",)), "Ada")


FOUND: dict[str, Any] = {
    "company_name": "Tidewater",
    "icp": {"icp_industries": ["healthcare"], "icp_sizes": ["11-50"], "icp_locations": ["Australia"]},
    "confidences": {"icp_industries": 0.79},
    "evidence": [],
    "portfolio": {"companies": [{"company_name": name} for name in "ABCDEF"]},
    "recommendations": ["Look up the size of the others."],
    "weights": {
        "weights": {"data_quality": 20, "authority": 28, "company_fit": 25, "timing": 12, "risk": 15},
        "reasoning": [],
        "confidence": 0.4,
    },
}


async def studied(team: Team) -> None:
    async with db.begin(team.id) as tx:
        study, _ = await studies.request(tx, "tidewater.com.au", team.admin.user_id, "Ada")
        for name in STEPS:
            studies.end_step(tx, study, {"name": name, "ok": name != "extract_value_prop", "error": "It broke."})
        studies.complete(tx, study, FOUND)


async def test_a_website_is_studied_and_a_wrong_address_is_told_at_its_field(builder: Builder, team: Team) -> None:
    assert await builder.press("study_website", form={"website": "not a site"}) is None
    assert "“not a site” is not the address" in (await builder.state()).website_error
    assert await builder.press("study_website", form={"website": "tidewater.com.au"}) is None
    assert (await builder.state()).website_error == ""
    async with db.read(team.id) as tx:
        asked = await studies.latest(tx)
    assert asked is not None
    assert asked.website == "tidewater.com.au"


async def test_what_a_study_proposes_goes_into_the_draft_and_is_saved_only_when_asked(
    builder: Builder, team: Team
) -> None:
    await builder.add("industry", "Optics")
    await builder.press("resize", form={"size_min": "5", "size_max": ""})
    assert await builder.press("take_proposals", field="") is None
    assert (await builder.state()).spoken == "There is nothing to take"
    await studied(team)
    assert await builder.press("take_proposals", field="") is None
    state = await builder.state()
    assert (state.tags["industry"], state.tags["geographies"]) == (["Optics", "Healthcare"], ["Australia"])
    assert (state.size_min, state.size_max) == ("5", ""), "what a person gave stays"
    assert await icps.read(team.viewer, team.slug) == (0, None)
    assert await builder.press("take_proposals", field="company_size") is None
    state = await builder.state()
    assert (state.size_min, state.size_max) == ("11", "50"), "unless they take the proposal for it"
    assert state.weights_said == "data quality 20, authority 28, company fit 25, timing 12, risk 15"
    assert await builder.press("save") is None
    weights = tuple(FOUND["weights"]["weights"].items())
    saved = Profile(
        industry=("Optics", "Healthcare"), size_min=11, size_max=50, geographies=("Australia",), weights=weights
    )
    assert await icps.read(team.viewer, team.slug) == (1, saved)
    await builder.add("signals", "hiring")
    assert await builder.press("save") is None
    assert (await icps.read(team.viewer, team.slug))[1] == replace(saved, signals=("hiring",)), "they stay"
    assert await builder.press("weigh_by_default") is None
    assert (await builder.state()).unsaved == 1
    assert await builder.press("discard") is None
    assert (await builder.state()).weights == dict(weights)


async def test_a_website_that_was_not_read_has_an_error_and_no_steps(database: db.Database, team: Team) -> None:
    async with db.begin(team.id) as tx:
        study, _ = await studies.request(tx, "tidewater.com.au", team.admin.user_id, "Ada")
        studies.fail(tx, study, "There is no website.")
    shown = (await IcpView(team.id).read(frozenset({"study"})))["study"]
    assert (shown.error, shown.steps, shown.working) == ("There is no website.", [], False)


async def test_a_study_is_shown_with_what_each_step_found(database: db.Database, team: Team) -> None:
    read = IcpView(team.id).read
    assert (await read(frozenset({"study"})))["study"] == Study()
    async with db.begin(team.id) as tx:
        await studies.request(tx, "tidewater.com.au", team.admin.user_id, "Ada")
    working = (await read(frozenset({"study"})))["study"]
    assert (working.working, [step.state for step in working.steps[:2]]) == (True, ["working", "waiting"])
    await studied(team)
    shown = (await read(frozenset({"study"})))["study"]
    steps = {step.name: step for step in shown.steps}
    assert (shown.working, shown.company, shown.nothing) == (False, "Tidewater", "")
    assert (steps["extract_value_prop"].state, steps["extract_value_prop"].said) == ("failed", "It broke.")
    assert (steps["extract_portfolio"].state, steps["extract_portfolio"].said) == ("done", "A, B, C, D and 2 more")
    assert [(row.label, row.texts, row.percent) for row in shown.proposals] == [
        ("Industries", ["Healthcare"], 79),
        ("Company size", ["11–50 people"], 0),
        ("Countries or regions", ["Australia"], 0),
        ("Weights of contacts", ["Data quality 20, authority 28, company fit 25, timing 12, risk 15"], 40),
    ]
    assert IcpView(team.id).concerned(frozenset({"study"})) == {"study"}
