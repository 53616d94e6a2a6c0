from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadboard.domain.waterfall.decay import HALF_LIVES, LEAST_TO_SEND, aged, half_life, stale_fields
from leadboard.domain.waterfall.passport import Passport
from leadboard.domain.waterfall.record import CompanyRecord, PersonRecord

from .sheet import NOW


def seen(days: float, confidence: float = 0.9) -> Passport:
    return Passport("hunter", confidence, seen_at=NOW - timedelta(days=days))


@pytest.mark.parametrize("name", sorted({*PersonRecord.fields, *CompanyRecord.fields}))
def test_every_field_has_its_own_half_life_and_a_reason(name):
    assert name in HALF_LIVES
    assert HALF_LIVES[name].why


@pytest.mark.parametrize("name", HALF_LIVES)
def test_after_one_half_life_a_value_is_half_as_sure(name):
    assert aged(name, seen(half_life(name).days), NOW).confidence == pytest.approx(0.45)
    assert aged(name, seen(2 * half_life(name).days), NOW).confidence == pytest.approx(0.225)


@pytest.mark.parametrize(
    ("passport", "stale", "sentence"),
    [
        (seen(0), False, "Seen today, 90 % sure now."),
        (seen(1.5), False, "Seen yesterday, 90 % sure now."),
        (seen(365), False, "Seen 365 days ago, 90 % sure then, 64 % sure now."),
        (seen(1_000), True, "Seen 1,000 days ago, 90 % sure then, 35 % sure now. It is looked up again before a send."),
        (seen(0, 0.5), False, "Seen today, 50 % sure now."),
        (seen(0, 0.4), True, "Seen today, 40 % sure now. It is looked up again before a send."),
        (seen(-3), False, "Seen today, 90 % sure now."),
        (Passport("import", 0.9), True, "Nobody noted when this was seen. It is looked up before a send."),
    ],
)
def test_how_an_address_ages(passport, stale, sentence):
    age = aged("email", passport, NOW)

    assert (age.stale, age.sentence) == (stale, sentence)


@given(st.sampled_from(sorted(HALF_LIVES)), st.floats(0, 1), st.floats(0, 5_000), st.floats(0, 5_000))
def test_nothing_gets_surer_with_age(name, confidence, days, more):
    now, later = (aged(name, seen(each, confidence), NOW) for each in (days, days + more))

    assert 0 <= later.confidence <= now.confidence <= confidence
    assert later.stale is (later.confidence < LEAST_TO_SEND)


def test_what_is_looked_up_again_before_a_send_is_stale_and_not_the_word_of_people():
    record = PersonRecord(
        first_name="Ada",
        last_name="Holm",
        title="CTO",
        email="ada@b.example",
        phone="+15550100",
        linkedin="in/ada",
        passports={"title": seen(900), "email": seen(900), "phone": seen(5), "linkedin": seen(9_000)},
        locked=frozenset({"linkedin"}),
    )

    assert stale_fields(record, NOW) == ("title", "email")
