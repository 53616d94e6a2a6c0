from datetime import UTC, datetime

import pytest

from leadboard.domain.found import AskedCompany, AskedPerson
from leadboard.domain.services import Known
from leadboard.domain.waterfall.passport import Passport, origin
from leadboard.domain.waterfall.record import CompanyRecord, Completeness, PersonRecord

SEEN = datetime(2026, 11, 1, tzinfo=UTC)
ADA = PersonRecord(
    first_name="Ada",
    last_name="Holm",
    title="CTO",
    email="ada@brightwell.example",
    company="Brightwell",
    domain="brightwell.example",
    passports={"email": Passport("hunter", 0.9, "person", 24_500, SEEN)},
    locked=frozenset({"title", "phone"}),
    refs={"apollo": "a-1"},
)


@pytest.mark.parametrize(
    ("known", "badge"),
    [
        ({"email": "a@b.example", "linkedin": "in/a", "domain": "b.example"}, Completeness.FULL),
        ({"email": "a@b.example", "linkedin": "in/a"}, Completeness.PARTIAL),
        ({"domain": "b.example"}, Completeness.PARTIAL),
        ({"first_name": "Ada", "last_name": "Holm", "company": "B", "title": "CTO"}, Completeness.MISSING),
    ],
)
def test_the_badge_of_a_person_is_address_profile_and_domain(known, badge):
    assert PersonRecord(**known).completeness is badge


@pytest.mark.parametrize(
    ("known", "badge"),
    [
        ({"industry": "Robotics", "headcount": "11-50", "description": "Arms."}, Completeness.FULL),
        ({"industry": "Robotics"}, Completeness.PARTIAL),
        ({"name": "B", "domain": "b.example", "city": "Oslo"}, Completeness.MISSING),
    ],
)
def test_the_badge_of_a_company_is_industry_headcount_and_description(known, badge):
    assert CompanyRecord(**known).completeness is badge


def test_each_value_has_a_passport_its_own_or_that_of_its_record():
    assert ADA.passport("email") == Passport("hunter", 0.9, "person", 24_500, SEEN)
    assert ADA.passport("last_name") == origin("import")
    assert ADA.passport("linkedin") is None


def test_a_value_that_a_person_locked_is_sure():
    held = ADA.passport("title")

    assert held
    assert (held.source, held.confidence) == ("manual", 1.0)


@pytest.mark.parametrize(
    ("name", "by_machine", "by_force"),
    [("linkedin", True, True), ("email", False, True), ("last_name", False, False), ("title", False, False)],
)
def test_a_machine_fills_what_is_empty_and_by_force_what_machines_said(name, by_machine, by_force):
    assert ADA.may_write(name) is by_machine
    assert ADA.may_write(name, force=True) is by_force


def test_a_locked_field_stays_empty_when_a_person_emptied_it():
    assert not ADA.may_write("phone", force=True)


def test_what_a_service_of_this_pass_has_set_stays():
    assert not ADA.may_write("email", force=True, fresh={"hunter"})


def test_what_is_known_of_a_person_depends_on_who_is_asked():
    common = {Known.PERSON_NAME, Known.COMPANY_NAME, Known.DOMAIN, Known.EMAIL}

    assert ADA.known("hunter") == common
    assert ADA.known("apollo") == common | {Known.REF}


def test_half_a_name_is_no_name():
    assert PersonRecord(first_name="Ada", company="B").known("hunter") == {Known.COMPANY_NAME}


def test_what_is_known_of_a_company():
    record = CompanyRecord(name="Brightwell", linkedin="company/b", refs={"wikidata": "Q1"})

    assert record.known("hunter") == {Known.COMPANY_NAME, Known.LINKEDIN}
    assert record.known("wikidata") == {Known.COMPANY_NAME, Known.LINKEDIN, Known.REF}


def test_a_record_says_how_it_is_asked_about():
    assert ADA.asked("apollo") == AskedPerson(
        *("Ada", "Holm", "", "ada@brightwell.example"), AskedCompany("Brightwell", "brightwell.example"), "a-1"
    )
    assert CompanyRecord(name="B", domain="b.example", country="NO").asked("hunter") == AskedCompany(
        "B", "b.example", "NO"
    )


@pytest.mark.parametrize("passport", [Passport("hunter", 0.9, "person", 24_500, SEEN), origin("website"), origin("?")])
def test_a_passport_survives_being_stored(passport):
    assert Passport.from_data(passport.to_data()) == passport
