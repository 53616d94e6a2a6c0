from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadboard.domain.company import Company
from leadboard.domain.icp import Icp
from leadboard.domain.icp_suggest import ENOUGH, FEWEST, MOST, Evidence, Sample, Suggestion, chance, suggest

RETAIL = Company(industry="Retail", country="US")


def samples(best: list[Company], others: list[Company]) -> list[Sample]:
    """The best are worth more than any of the others; of the others as many have a value as there are best."""
    dear = [Sample(f"Best {n:02}", 10_000 - n, company) for n, company in enumerate(best)]
    cheap = [Sample(f"Other {n:02}", n + 1 if n < len(best) else None, company) for n, company in enumerate(others)]
    return [*cheap, *dear]


def best_valued(drawn: list[Sample]) -> list[Sample]:
    evidence = Evidence()
    for each in drawn:
        evidence.add(each)
    return evidence.best()


TWELVE_OF_15 = samples(
    [Company(industry="Robotics")] * 12 + [RETAIL] * 3, [Company(industry="robotics")] * 2 + [RETAIL] * 58
)


def test_what_most_of_the_best_share_is_proposed_with_its_counts_and_names() -> None:
    (offer,) = suggest(Icp(), TWELVE_OF_15)

    assert (offer.field, offer.value) == ("industry", "Robotics")
    assert offer.title == "Add “Robotics” to industries"
    assert offer.evidence == "12 of your 15 best-valued leads are in it, 2 of the 60 others."
    assert offer.names[:2] == ("Best 00", "Best 01")
    assert len(offer.names) == 12


@pytest.mark.parametrize(
    ("company", "field", "value", "says"),
    [
        (Company(country="Norway"), "geographies", "Norway", "are there"),
        (Company(tags=("Optics",)), "modalities", "Optics", "carry it"),
        (Company(technologies=("Kafka",)), "modalities", "Kafka", "carry it"),
    ],
)
def test_places_tags_and_technologies_are_looked_at_too(company: Company, field: str, value: str, says: str) -> None:
    (offer,) = suggest(Icp(), samples([company] * 10, [RETAIL] * 30))

    assert (offer.field, offer.value) == (field, value)
    assert says in offer.evidence


@pytest.mark.parametrize(
    ("icp", "company"),
    [
        (Icp(industry=("robotics",)), Company(industry="Laboratory robotics")),
        (Icp(geographies=("Nordics",)), Company(country="NO")),
        (Icp(therapeutic_areas=("optics",)), Company(tags=("Optics",))),
        (Icp(size_min=10, size_max=500), Company(headcount_min=50, headcount_max=60)),
    ],
)
def test_what_the_profile_names_already_is_not_proposed(icp: Icp, company: Company) -> None:
    assert suggest(Icp(), samples([company] * 10, [RETAIL] * 30))
    assert suggest(icp, samples([company] * 10, [RETAIL] * 30)) == ()


@pytest.mark.parametrize(
    ("people", "size", "title"),
    [
        ([44, *[88] * 12, 205, 900], (80, 210), "Set the size to 80–210 people"),
        ([5] * 4 + [7] * 5, (5, 7), "Set the size to 5–7 people"),
        ([1_234] * 9, (1_200, 1_300), "Set the size to 1,200–1,300 people"),
    ],
)
def test_the_size_of_the_middle_of_the_best_is_proposed_in_round_numbers(
    people: list[int], size: tuple[int, int], title: str
) -> None:
    best = [Company(headcount_min=each, headcount_max=each) for each in people]
    (offer,) = suggest(Icp(), samples(best, [Company(headcount_min=20_000)] * 60))

    assert (offer.field, offer.size, offer.title) == ("company_size", size, title)
    assert "have that size" in offer.evidence


@pytest.mark.parametrize(
    ("best", "others"),
    [
        (ENOUGH - 1, 60),  # too few best
        (10, 0),  # nobody to compare with
    ],
)
def test_little_data_proposes_nothing(best: int, others: int) -> None:
    assert suggest(Icp(), samples([Company(industry="Robotics")] * best, [RETAIL] * others)) == ()


def test_what_everybody_shares_is_not_proposed() -> None:
    assert suggest(Icp(), samples([Company(industry="Robotics")] * 15, [Company(industry="Robotics")] * 60)) == ()


def test_what_two_share_is_chance() -> None:
    best = [Company(industry="Robotics")] * (FEWEST - 1) + [RETAIL] * 13
    assert suggest(Icp(), samples(best, [RETAIL] * 500)) == ()


def test_leads_of_one_value_have_no_best_among_them() -> None:
    assert best_valued([Sample(f"C{n}", 500, RETAIL) for n in range(100)]) == []
    assert suggest(Icp(), [replace(each, value=7) for each in TWELVE_OF_15]) == ()


@pytest.mark.parametrize(("hits", "other_hits", "ways"), [(8, 0, 1), (7, 1, 8 * 8 + 1), (0, 8, 12_870)])
def test_the_chance_is_that_of_drawing_eight_of_sixteen_blindly(hits: int, other_hits: int, ways: int) -> None:
    offer = Suggestion("industry", "Robotics", (0, 0), hits, 8, other_hits, 8, ())

    assert chance(offer) == pytest.approx(ways / 12_870)


@given(st.lists(st.builds(Sample, st.text("abc", max_size=3), st.none() | st.integers(0, 5), st.just(RETAIL))))
def test_the_best_are_few_and_worth_more_than_all_others(drawn: list[Sample]) -> None:
    best = best_valued(drawn)
    rest = [each.value or 0 for each in drawn if all(each is not chosen for chosen in best)]

    assert len(best) <= min(MOST, sum(bool(each.value) for each in drawn) // 2)
    assert not best or not rest or min(each.value or 0 for each in best) > max(rest)
