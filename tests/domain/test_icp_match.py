from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadboard.domain import fit
from leadboard.domain.company import Company, Person
from leadboard.domain.icp import Icp
from leadboard.domain.icp_match import BINS, MATCHES, STRONG, Candidate, tally

TODAY = date(2026, 11, 21)
ROBOTS = Icp(industry=("Robotics",))
GOOD, POOR = Company(industry="Robotics", city="Oslo", headcount_min=88, headcount_max=88), Company(industry="Retail")


def candidate(n: int, company: Company = GOOD, people: int = 4, **values: object) -> Candidate:
    return Candidate(
        UUID(int=n),
        f"C{n:02}",
        f"c{n}.example",
        company,
        (Person(),) * people,
        **values,  # type: ignore[arg-type]
    )


def test_nobody_matches_where_nobody_is() -> None:
    nobody = tally(ROBOTS, [], TODAY)

    assert (nobody.leads, nobody.matching, nobody.best, nobody.worst) == (0, 0, (), ())
    assert nobody.bins == nobody.saved_bins == (0,) * BINS


def test_the_count_and_the_bins_are_those_of_the_score() -> None:
    every = [candidate(n, (GOOD, POOR)[n % 2], n % 5) for n in range(20)]
    scores = [fit.score(fit.Known(each.company, ROBOTS, TODAY, each.people)).overall for each in every]

    found = tally(ROBOTS, every, TODAY)

    assert found.strong == sum(score >= STRONG for score in scores)
    assert found.matching == sum(score >= MATCHES for score in scores)
    assert found.bins == tuple(sum(min(score // 5, 19) == at for score in scores) for at in range(BINS))


def test_what_is_excluded_is_neither_scored_nor_an_example() -> None:
    icp = Icp(industry=("Robotics",), exclusions=("c1.example", "C02"))

    found = tally(icp, [candidate(n) for n in range(4)], TODAY)

    assert (found.leads, found.excluded, sum(found.bins)) == (4, 2, 2)
    assert [each.name for each in found.best] == ["C00", "C03"]


def test_examples_are_the_best_and_the_worst_that_match_and_never_the_same() -> None:
    every = [candidate(n, people=n % 5) for n in range(10)] + [candidate(20, POOR, 0)]

    found = tally(ROBOTS, every, TODAY)

    assert [(each.name, each.fit) for each in found.best] == [("C04", 68), ("C09", 68), ("C02", 62)]
    assert [(each.name, each.fit) for each in found.worst] == [("C00", 48), ("C05", 48), ("C01", 56)]
    assert found.best[0].why == "Robotics, Oslo, 88 people"


def test_the_worst_say_what_they_lack() -> None:
    icp = Icp(industry=("Robotics",), geographies=("Norway",))

    found = tally(icp, [candidate(n) for n in range(3)] + [candidate(3, Company(industry="Robotics"))], TODAY)

    assert [(each.name, each.why) for each in found.worst] == [("C03", "Place not found")]


def test_without_a_match_the_closest_are_the_examples() -> None:
    found = tally(ROBOTS, [candidate(n, POOR, n) for n in range(2)], TODAY)

    assert found.matching == 0
    assert [each.name for each in found.best] == ["C01", "C00"]
    assert found.worst == ()


@pytest.mark.parametrize(("stored", "matching"), [((), 0), ((-1, 39), 0), ((40, 70, 100), 3)])
def test_the_stored_scores_are_counted_beside_it(stored: tuple[int, ...], matching: int) -> None:
    found = tally(ROBOTS, [candidate(n, saved_fit=score) for n, score in enumerate(stored)], TODAY)

    assert found.saved_matching == matching
    assert sum(found.saved_bins) == sum(score >= 0 for score in stored)


def test_what_the_saved_profile_excludes_is_not_among_the_stored_scores() -> None:
    found = tally(ROBOTS, [candidate(n, saved_fit=50) for n in range(3)], TODAY, Icp(exclusions=("c1.example",)))

    assert (found.matching, found.saved_matching) == (3, 2)


@given(st.lists(st.tuples(st.sampled_from([GOOD, POOR, Company()]), st.integers(0, 5)), max_size=30), st.randoms())
def test_the_order_of_the_leads_decides_nothing(drawn: list[tuple[Company, int]], dice: object) -> None:
    every = [candidate(n, company, people) for n, (company, people) in enumerate(drawn)]
    mixed = list(every)
    dice.shuffle(mixed)  # type: ignore[attr-defined]

    assert tally(ROBOTS, mixed, TODAY) == tally(ROBOTS, every, TODAY)
