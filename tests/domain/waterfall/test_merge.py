from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadboard.domain.found import EmailStatus, Fact, FoundCompany, FoundPerson
from leadboard.domain.waterfall.merge import Call, merge_company, merge_person
from leadboard.domain.waterfall.passport import Passport
from leadboard.domain.waterfall.record import CompanyRecord, PersonRecord

from .sheet import NOW

CALL = Call("hunter", NOW, 24_500)
FOUND = FoundPerson(
    first_name=" Ada ",
    last_name="Holm",
    title="chief technology officer",
    email=" Ada.Holm+work@Brightwell.example",
    email_confidence=0.91,
    linkedin="https://linkedin.com/in/ada",
    company="Brightwell Robotics, Inc.",
    domain="Brightwell.example",
    confidence=0.8,
    ref="h-7",
)


def company(*facts: tuple[str, str, float], **more: str) -> FoundCompany:
    return FoundCompany("Brightwell", facts=tuple(Fact(*fact) for fact in facts), **more)


def test_acceptance_8_an_existing_title_is_kept_when_a_provider_says_another():
    record = PersonRecord(title="CTO")

    merged = merge_person(record, FoundPerson(title="Developer", confidence=0.99), CALL)

    assert merged.record == record
    assert merged.written == ()


def test_empty_fields_are_filled_each_with_the_confidence_of_who_gave_it():
    merged = merge_person(PersonRecord(), FOUND, CALL)
    record = merged.record

    assert (record.first_name, record.title, record.email) == ("Ada", "CTO", "ada.holm+work@brightwell.example")
    assert (record.company, record.domain) == ("Brightwell Robotics", "brightwell.example")
    assert merged.written == ("first_name", "last_name", "title", "email", "linkedin", "company", "domain")
    assert record.passports["email"] == Passport("hunter", 0.91, "person", 3_500, NOW)
    assert record.passports["title"].confidence == 0.8


def test_the_id_that_a_service_gave_is_kept_for_its_next_question():
    assert merge_person(PersonRecord(refs={"apollo": "a"}), FOUND, CALL).record.refs == {"apollo": "a", "hunter": "h-7"}


def test_a_partial_answer_is_kept():
    merged = merge_person(PersonRecord(first_name="Ada"), FoundPerson(title="cto", confidence=0.6), CALL)

    assert (merged.record.first_name, merged.record.title, merged.written) == ("Ada", "CTO", ("title",))


@pytest.mark.parametrize("email", ["", "   ", "nobody", "@brightwell.example"])
def test_what_is_no_address_is_not_kept(email):
    assert merge_person(PersonRecord(), FoundPerson(email=email, email_confidence=0.9), CALL).written == ()


def test_an_address_that_the_service_itself_calls_invalid_is_not_kept():
    found = replace(FOUND, email_status=EmailStatus.INVALID)

    assert "email" not in merge_person(PersonRecord(), found, CALL).written


@pytest.mark.parametrize(
    ("passport", "locked", "kept"),
    [
        (Passport("apollo", 0.9), (), False),
        (Passport("website", 0.9), (), False),
        (Passport("import", 0.9), (), True),
        (Passport("manual", 1.0), (), True),
        (Passport("apollo", 0.9), ("title",), True),
    ],
)
def test_force_writes_over_what_machines_said_and_nothing_else(passport, locked, kept):
    record = PersonRecord(title="CTO", passports={"title": passport}, locked=frozenset(locked))
    found = FoundPerson(title="Developer", confidence=0.5)

    assert merge_person(record, found, CALL).record.title == "CTO"
    assert merge_person(record, found, CALL, force=True).record.title == ("CTO" if kept else "Developer")


def test_force_leaves_what_another_service_said_in_the_same_pass():
    record = PersonRecord(title="CTO", passports={"title": Passport("apollo", 0.9)})

    merged = merge_person(record, FoundPerson(title="Developer"), CALL, force=True, fresh={"apollo"})

    assert merged.record.title == "CTO"


def test_force_lets_a_service_correct_itself():
    record = PersonRecord(title="CTO", passports={"title": Passport("hunter", 0.9)})

    merged = merge_person(record, FoundPerson(title="Developer"), CALL, force=True, fresh={"hunter"})

    assert merged.record.title == "Developer"


def test_a_company_learns_the_surest_fact_of_each_field():
    found = company(
        ("industry", "computer_software", 0.6),
        ("industry", "robotics", 0.8),
        ("headcount", "11-50", 0.7),
        ("technology", "React", 0.9),
        ("city", "", 0.9),
        ref="c-1",
    )
    merged = merge_company(CompanyRecord(domain="brightwell.example"), found, CALL)

    assert (merged.record.industry, merged.record.headcount) == ("Robotics", "11-50")
    assert merged.record.passports["industry"].confidence == 0.8
    assert merged.record.passports["industry"].method == "company"
    assert merged.written == ("name", "industry", "headcount")
    assert merged.record.refs == {"hunter": "c-1"}


@pytest.mark.parametrize(
    ("known", "city"),
    [
        ({}, "Bergen"),
        ({"country": "NO"}, "Bergen"),
        ({"country": "norway", "state": "vestland"}, "Bergen"),
        ({"country": "Sweden"}, ""),
        ({"state": "Oslo"}, ""),
    ],
)
def test_a_place_is_taken_whole_or_not_at_all(known, city):
    found = company(("country", "Norway", 0.8), ("state", "Vestland", 0.8), ("city", "Bergen", 0.8))

    assert merge_company(CompanyRecord(**known), found, CALL).record.city == city


_WORD = st.text("abc XYZ@.ö", max_size=12)
_SURE = st.floats(0, 1)
_PERSON = st.builds(
    FoundPerson,
    first_name=_WORD,
    last_name=_WORD,
    title=_WORD,
    email=st.one_of(_WORD, st.just("a@b.example")),
    email_confidence=_SURE,
    phone=_WORD,
    linkedin=_WORD,
    company=_WORD,
    domain=_WORD,
    confidence=_SURE,
)
_HELD = st.builds(
    PersonRecord,
    first_name=_WORD,
    title=_WORD,
    email=st.sampled_from(["", "x@y.example"]),
    locked=st.frozensets(st.sampled_from(PersonRecord.fields)),
    passports=st.dictionaries(
        st.sampled_from(PersonRecord.fields),
        st.builds(Passport, st.sampled_from(["manual", "import", "apollo"]), _SURE),
    ),
)


@given(_HELD, _PERSON, st.integers(0, 10**7), st.booleans())
def test_what_is_there_stays_and_the_price_is_shared_out_whole(record, found, cost, force):
    merged = merge_person(record, found, Call("hunter", NOW, cost), force=force)

    for name in PersonRecord.fields:
        if name not in merged.written:
            assert merged.record.value(name) == record.value(name)
            assert merged.record.passport(name) == record.passport(name)
        else:
            assert record.may_write(name, force=force)
            assert merged.record.value(name)
            assert merged.record.passport(name).source == "hunter"
    if merged.written:
        assert sum(merged.record.passports[name].cost_micros for name in merged.written) == cost


@given(_HELD, _PERSON)
def test_the_same_answer_twice_changes_nothing(record, found):
    once = merge_person(record, found, CALL)

    assert merge_person(once.record, found, CALL) == replace(once, written=())
