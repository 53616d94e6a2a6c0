from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadboard.domain.waterfall.breaker import OPENS_AT, WHOLE, Outcome, replayed
from leadboard.domain.waterfall.next_step import NOTHING_ASKED, Why, next_for_person
from leadboard.domain.waterfall.record import PersonRecord

from .sheet import ORDER, SERVICES

ERROR, SUCCESS, NOT_FOUND, REFUSED = Outcome.ERROR, Outcome.SUCCESS, Outcome.NOT_FOUND, Outcome.REFUSED


def log(*outcomes: Outcome, service: str = "finder_1"):
    return [(service, outcome, "") for outcome in outcomes]


def first_of(breaker) -> str:
    """The service that a record is asked about first in a batch with this breaker."""
    record = PersonRecord(first_name="Ada", last_name="Holm", company="B", linkedin="in/ada")
    asked = replace(NOTHING_ASKED, closed=breaker.closed)
    step = next_for_person(record, ORDER, SERVICES, asked).step
    assert step
    return step.service


def test_acceptance_6_five_errors_open_the_breaker_the_sixth_record_skips_and_the_next_batch_calls():
    breaker = WHOLE
    for _ in range(5):
        assert first_of(breaker) == "person_data"
        breaker = breaker.after("person_data", ERROR)

    assert first_of(breaker) == "finder_1"
    assert first_of(WHOLE) == "person_data"


@pytest.mark.parametrize(
    ("outcomes", "closed"),
    [
        ((ERROR,) * 4, {}),
        ((ERROR,) * 5, {"finder_1": Why.BREAKER}),
        ((ERROR,) * 4 + (SUCCESS,) + (ERROR,) * 4, {}),
        ((ERROR,) * 4 + (NOT_FOUND,) + (ERROR,), {"finder_1": Why.BREAKER}),
        ((NOT_FOUND,) * 20, {}),
        ((REFUSED,), {"finder_1": Why.DISABLED}),
        ((REFUSED, SUCCESS), {"finder_1": Why.DISABLED}),
        ((ERROR,) * 5 + (SUCCESS,), {}),
    ],
)
def test_when_a_service_is_left_alone(outcomes, closed):
    assert replayed(log(*outcomes)).closed == closed


def test_the_errors_of_one_service_are_not_those_of_another():
    breaker = replayed([*log(*[ERROR] * 4), *log(*[ERROR] * 4, service="finder_2")])

    assert breaker.closed == {}


def test_a_refusal_is_an_alert_in_the_words_of_the_provider():
    breaker = WHOLE.after("hunter", REFUSED, "Hunter did not accept the key. Check it under Providers.")

    assert breaker.alerts == ("Hunter did not accept the key. Check it under Providers.",)
    assert WHOLE.alerts == ()


@given(st.lists(st.sampled_from([ERROR, SUCCESS, NOT_FOUND])))
def test_the_breaker_is_open_exactly_while_the_last_errors_are_in_a_row(outcomes):
    counted = [outcome for outcome in outcomes if outcome is not NOT_FOUND]
    in_a_row = counted[-OPENS_AT:] == [ERROR] * OPENS_AT

    assert bool(replayed(log(*outcomes)).closed) is in_a_row
