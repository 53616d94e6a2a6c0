from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadboard.domain.waterfall.gate import REQUIRED, Status, judge
from leadboard.domain.waterfall.passport import Passport, origin
from leadboard.domain.waterfall.record import PersonRecord

WHOLE = {"email": "ada@b.example", "first_name": "Ada", "last_name": "Holm", "company": "B"}


def record(*sure: float, without: str = "") -> PersonRecord:
    """A person whose required fields are as sure as this, one of them missing."""
    values = {name: value for name, value in WHOLE.items() if name != without}
    passports = {name: Passport("hunter", each) for name, each in zip(REQUIRED, sure * 4, strict=False)}
    return PersonRecord(**values, passports={name: passports[name] for name in values})


@pytest.mark.parametrize(
    ("sure", "accepted"),
    [
        ((0.70,), True),
        ((0.699,), False),
        ((0.6999999,), False),
        ((0.1 + 0.6,), True),
        ((0.9, 0.9, 0.9, 0.1), True),
        ((0.9, 0.9, 0.9, 0.099), False),
        ((0.55, 0.85, 0.6, 0.8), True),
        ((1.0, 1.0, 0.8, 0.0), True),
        ((1.0,), True),
    ],
)
def test_acceptance_4_a_mean_of_70_is_accepted_and_less_is_not(sure, accepted):
    assert judge(record(*sure)).accepted is accepted


@pytest.mark.parametrize("name", REQUIRED)
def test_acceptance_4_a_record_without_a_required_field_is_not_accepted(name):
    judgement = judge(record(1.0, without=name))

    assert judgement.status is Status.PARTIAL
    assert judgement.missing == (name,)
    assert judgement.confidence == 0.75
    assert judgement.reasons == (f"{REQUIRED[name].capitalize()} is missing.",)


def test_why_a_record_was_not_sure_enough():
    judgement = judge(record(0.6999))

    assert judgement.reasons == ("Its sources are 69.9 % sure of it on average, and 70 % is the least.",)
    assert judgement.confidence == 0.6999


def test_a_title_and_a_phone_number_do_not_count_in_the_mean():
    held = record(0.7)
    passports = {**held.passports, "title": Passport("hunter", 0.0)}

    assert judge(PersonRecord(**WHOLE, title="CTO", passports=passports)).accepted


def test_nothing_found_is_missing_and_something_is_partial():
    listed = {"first_name": "Ada", "last_name": "Holm", "company": "B"}

    assert judge(PersonRecord(**listed)).status is Status.MISSING
    assert judge(PersonRecord(**listed, title="CTO")).status is Status.MISSING
    found = PersonRecord(**listed, title="CTO", passports={"title": Passport("hunter", 0.9)})
    assert judge(found).status is Status.PARTIAL
    assert judge(PersonRecord(email="ada@b.example")).status is Status.PARTIAL


def test_a_list_that_has_everything_is_accepted_without_a_call():
    assert judge(PersonRecord(**WHOLE)).accepted
    assert judge(PersonRecord(**WHOLE, origin=origin("manual"))).confidence == 1.0


@given(st.lists(st.integers(0, 1000), min_size=4, max_size=4))
def test_thousandths_are_counted_exactly(thousandths):
    assert judge(record(*(each / 1000 for each in thousandths))).accepted is (Fraction(sum(thousandths), 4) >= 700)
