from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadboard.domain.waterfall.premium import FirstPass, candidates, cap, chosen, wants_mobile


@pytest.mark.parametrize(("records", "calls"), [(0, 0), (6, 0), (7, 1), (13, 1), (20, 3), (99, 14), (100, 15)])
def test_the_cap_is_15_percent_rounded_down(records, calls):
    assert cap(records) == calls


def test_acceptance_9_of_100_with_40_gate_failures_the_15_with_the_highest_als_are_chosen():
    failed = [FirstPass(UUID(int=1_000 - als), False, als) for als in range(40)]
    accepted = [FirstPass(UUID(int=2_000 + n), True, 59) for n in range(60)]

    picked = chosen([*accepted, *failed], 100)

    assert [record.als for record in picked] == list(range(39, 24, -1))
    assert not any(record.accepted for record in picked)


def test_the_cap_covers_both_reasons_and_ties_go_by_id():
    a, b, c, d = (FirstPass(UUID(int=n), n % 2 == 0, als) for n, als in ((4, 60), (3, 60), (2, 85), (6, 59)))

    assert candidates([a, b, c, d]) == [c, b, a]
    assert chosen([a, b, c, d], 14) == [c, b]


@pytest.mark.parametrize(("als", "asked"), [(100, True), (85, True), (84, False), (60, False)])
def test_mobile_numbers_are_for_hot_leads_only(als, asked):
    assert wants_mobile(als) is asked


_RECORDS = st.lists(
    st.builds(FirstPass, st.uuids(), st.booleans(), st.integers(0, 100)), unique_by=lambda record: record.id
)


@given(_RECORDS, st.randoms())
def test_the_choice_does_not_depend_on_the_order_of_the_records(records, chance):
    mixed = list(records)
    chance.shuffle(mixed)

    assert chosen(mixed, len(mixed)) == chosen(records, len(records))
    assert len(chosen(records, len(records))) <= 0.15 * len(records)
