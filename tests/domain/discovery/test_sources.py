"""Which services a search asks, in which order and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadboard.domain.discovery.search import search_of
from leadboard.domain.discovery.sources import NOT_SET_UP, sources
from leadboard.domain.found import Search
from leadboard.domain.icp import Icp
from leadboard.domain.services import KeyKind, Task
from leadboard.providers.registry import SERVICES


def asked(search: Search, *without: str) -> list[str]:
    """The services asked, in their order, where all but some are set up."""
    return [each.service.name for each in sources(search, SERVICES, lambda one: one.name not in without) if each.asked]


def why(search: Search, service: str, can_ask: bool = True) -> str:
    return next(each.why for each in sources(search, SERVICES, lambda one: can_ask) if each.service.name == service)


GENERAL = ["apollo", "prospeo", "ai_ark", "clay"]
WITH_INDUSTRY = ["apollo", "wikidata", "prospeo", "ai_ark", "clay"]


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        (Search(), []),
        (Search(industries=("SaaS",), places=("Germany",)), WITH_INDUSTRY),
        (Search(places=("Germany",)), GENERAL),
        (Search(headcount_min=50), GENERAL),
        (Search(specialities=("oncology",), places=("Norway",)), ["clinicaltrials", *GENERAL]),
        (Search(specialities=("oncology",)), ["clinicaltrials", "sec_edgar", *GENERAL]),
        (Search(specialities=("CRISPR",), places=("United States",)), ["clinicaltrials", "sec_edgar", *GENERAL]),
        (
            Search(industries=("Dentists",), places=("Leeds",)),
            ["overpass", "places", "companies_house", "sec_edgar", *WITH_INDUSTRY],
        ),
        (Search(industries=("Dentists",), places=("United Kingdom",)), ["companies_house", *WITH_INDUSTRY]),
        (
            Search(industries=("Dentists",), places=("Leeds", "Germany")),
            ["overpass", "places", *WITH_INDUSTRY],
        ),
        (Search(industries=("Dentists",), places=("Germany",)), WITH_INDUSTRY),
    ],
)
def test_sources_are_chosen_by_what_the_profile_asks_for(search, expected):
    assert asked(search) == expected


def test_of_the_sources_that_know_the_same_map_only_the_first_is_asked():
    search = Search(industries=("Dentists",), places=("Leeds",))
    assert "places" in asked(search)
    assert "apify" in asked(search, "places")
    assert "places_legacy" in asked(search, "places", "apify")
    assert why(search, "apify") == "Google Places is asked, and knows the same."


def test_each_source_says_in_words_why_it_is_asked_or_not():
    search = Search(specialities=("oncology", "CNS"), industries=("Biotech", "Diagnostics", "Labs", "Tools"))
    assert why(search, "clinicaltrials") == "Companies that lead clinical trials on oncology or CNS."
    assert why(search, "wikidata") == "Notable companies in Biotech, Diagnostics, Labs or 1 more."
    assert why(Search(industries=("SaaS",)), "clinicaltrials").startswith("The profile names no therapeutic area")
    assert why(search, "apollo", can_ask=False) == NOT_SET_UP


texts = st.lists(st.sampled_from(["Dentists", "SaaS", "Biotech", "café", "oncology", "Zzyzx"]), max_size=3).map(tuple)
places = st.lists(st.sampled_from(["Leeds", "GB", "Europe", "Texas", "United States", "Norway"]), max_size=3).map(tuple)
searches = st.builds(
    Search,
    industries=texts,
    specialities=texts,
    places=places,
    headcount_min=st.integers(0, 100),
)


@given(searches, st.sets(st.sampled_from([service.name for service in SERVICES])))
def test_every_source_that_finds_companies_is_told_once_and_those_asked_can_be_asked(search, ready):
    found = sources(search, SERVICES, lambda service: service.name in ready)
    names = [each.service.name for each in found]
    assert sorted(names) == sorted(service.name for service in SERVICES if service.offer(Task.COMPANIES))
    assert all(each.why.endswith(".") for each in found)
    assert all(each.service.name in ready for each in found if each.asked)
    assert [each.asked for each in found] == sorted((each.asked for each in found), reverse=True)


def test_all_of_the_profile_is_searched_by():
    icp = Icp(
        industry=("Biotech", "Diagnostics"),
        size_min=5,
        size_max=50,
        modalities=("mRNA", "oncology"),
        therapeutic_areas=("oncology",),
        geographies=("Norway", "DE"),
        signals=("hiring",),
    )
    assert search_of(icp) == Search(
        industries=("Biotech", "Diagnostics"),
        specialities=("mRNA", "oncology"),
        places=("Norway", "DE"),
        headcount_min=5,
        headcount_max=50,
        signals=("hiring",),
    )


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_a_service_can_be_asked_with_a_key_in_the_demo_world_or_when_it_wants_none(service):
    public = service.key in (KeyKind.NONE, KeyKind.OPTIONAL)
    assert service.can_be_asked(key=True, demo=False, contact=False)
    assert service.can_be_asked(key=False, demo=True, contact=False)
    assert service.can_be_asked(key=False, demo=False, contact=True) == public
    assert service.can_be_asked(key=False, demo=False, contact=False) == (public and not service.identified)
