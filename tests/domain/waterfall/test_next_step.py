from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadboard.domain.found import Fact, FoundCompany, FoundPerson
from leadboard.domain.waterfall.merge import Call, merge_company, merge_person
from leadboard.domain.waterfall.next_step import NOTHING_ASKED, Asked, Why, next_for_company, next_for_person
from leadboard.domain.waterfall.passport import Passport
from leadboard.domain.waterfall.record import CompanyRecord, PersonRecord
from leadboard.domain.waterfall.roles import DEFAULT_ORDER, SITE, Role, Tier
from leadboard.providers.registry import SERVICES as REAL

from .sheet import NOW, ORDER, SERVICES

ADA = PersonRecord(
    first_name="Ada",
    last_name="Holm",
    company="Brightwell",
    domain="brightwell.example",
    linkedin="linkedin.com/in/ada",
)
NO_PROFILE = replace(ADA, linkedin="")
BRIGHTWELL = CompanyRecord(name="Brightwell", domain="brightwell.example")
NOTHING = FoundPerson()
MAIL = FoundPerson(email="ada@brightwell.example", email_confidence=0.9, confidence=0.8)


def walk(record, answers, asked=NOTHING_ASKED, order=ORDER, services=SERVICES, **options):
    """Who is asked about a person, one after the other, when services answer so; and who is passed over at the end."""
    called = []
    while (following := next_for_person(record, order, services, asked, **options)).step:
        name = following.step.service
        called.append(name)
        found = answers.get(name, NOTHING)
        record = merge_person(record, found, Call(name, NOW)).record
        asked = replace(asked, now={**asked.now, name: found != NOTHING})
    return called, {each.service: each for each in following.passed}, record


def test_acceptance_1_finder_1_finds_an_address_and_finders_2_and_3_are_never_called():
    called, passed, record = walk(ADA, {"finder_1": MAIL})

    assert called == ["person_data", "finder_1"]
    assert record.email == "ada@brightwell.example"
    assert (passed["finder_2"].why, passed["finder_3"].why) == (Why.FOUND, Why.FOUND)
    assert passed["finder_2"].sentence == "Finder 2 is not needed: an earlier service found the address."
    assert passed["finder_2"].micros == 5_000


def test_acceptance_2_without_a_linkedin_url_only_person_data_and_finder_1_are_asked():
    called, passed, _ = walk(NO_PROFILE, {})

    assert called == ["person_data", "finder_1"]
    assert (passed["finder_2"].why, passed["finder_2"].micros) == (Why.INPUTS, 0)
    assert passed["finder_2"].sentence == "Finder 2 needs the LinkedIn address."


def test_acceptance_2_holds_for_finders_that_would_do_with_a_name():
    services = {service.name: service for service in (*REAL, SITE)}
    called, passed, _ = walk(NO_PROFILE, {}, order=DEFAULT_ORDER, services=services)

    assert called == ["apollo", "hunter"]
    assert passed["leadmagic"].why is Why.LINKEDIN


def test_a_profile_that_person_data_finds_lets_the_other_finders_be_asked():
    called, _, _ = walk(NO_PROFILE, {"person_data": FoundPerson(linkedin="linkedin.com/in/ada", confidence=0.8)})

    assert called == ["person_data", "finder_1", "finder_2", "finder_3"]


def test_person_data_that_finds_the_address_ends_the_search():
    assert walk(ADA, {"person_data": MAIL})[0] == ["person_data"]


def test_the_order_is_what_it_is_told_and_not_the_cheapest_first():
    order = {**ORDER, Role.EMAIL_FINDER: ("finder_2", "finder_1", "finder_3")}

    assert walk(ADA, {}, order=order)[0] == ["person_data", "finder_2", "finder_1", "finder_3"]


def test_a_record_with_everything_is_asked_about_by_nobody():
    whole = replace(ADA, email="ada@brightwell.example", title="CTO")

    assert next_for_person(whole, ORDER, SERVICES).step is None
    assert next_for_person(whole, ORDER, SERVICES, tier=Tier.PREMIUM).step is None


def test_an_address_known_before_is_no_saving_of_the_order():
    _, passed, _ = walk(replace(ADA, email="ada@brightwell.example"), {})

    assert (passed["finder_2"].why, passed["finder_2"].micros) == (Why.KNOWN, 0)


def test_a_service_with_an_answer_in_the_window_is_not_asked_even_if_it_found_nothing():
    called, passed, _ = walk(ADA, {}, Asked(window={"person_data": False, "finder_1": True}))

    assert called == ["finder_2", "finder_3"]
    assert [(passed[name].why, passed[name].micros) for name in ("person_data", "finder_1")] == [
        (Why.WINDOW, 0),
        (Why.WINDOW, 2_000),
    ]


@pytest.mark.parametrize("why", [Why.BREAKER, Why.DISABLED])
def test_a_service_that_is_closed_for_the_batch_is_passed_over(why):
    called, passed, _ = walk(ADA, {}, Asked(closed={"finder_1": why}))

    assert called == ["person_data", "finder_2", "finder_3"]
    assert passed["finder_1"].why is why


def test_a_broken_first_finder_does_not_make_the_second_the_first():
    assert walk(NO_PROFILE, {}, Asked(closed={"finder_1": Why.BREAKER}))[0] == ["person_data"]


def test_premium_is_asked_in_its_tier_alone():
    assert walk(ADA, {}, tier=Tier.PREMIUM)[0] == ["premium"]
    assert "premium" not in walk(ADA, {})[0]


def test_a_mobile_number_is_looked_for_only_when_it_is_wanted():
    whole = replace(ADA, email="ada@brightwell.example", title="CTO")

    assert next_for_person(whole, ORDER, SERVICES, tier=Tier.PREMIUM, mobile=True).step
    assert not next_for_person(replace(whole, phone="+15550100"), ORDER, SERVICES, tier=Tier.PREMIUM, mobile=True).step


def test_by_force_a_service_is_asked_again_and_its_own_answer_ends_the_search():
    whole = replace(
        ADA, email="old@brightwell.example", title="CTO", passports={"email": Passport("finder_3", 0.6, seen_at=NOW)}
    )
    asked, answers = NOTHING_ASKED, {"finder_1": MAIL}
    called = []
    while (step := next_for_person(whole, ORDER, SERVICES, asked, force=True).step) is not None:
        called.append(step.service)
        found = answers.get(step.service, NOTHING)
        whole = merge_person(whole, found, Call(step.service, NOW), force=True, fresh=asked.fresh).record
        asked = replace(asked, now={**asked.now, step.service: found != NOTHING})

    assert called == ["person_data", "finder_1"]
    assert whole.email == "ada@brightwell.example"


def test_by_force_an_old_address_of_a_service_that_now_finds_nothing_is_still_looked_for():
    whole = replace(
        ADA, email="old@brightwell.example", title="CTO", passports={"email": Passport("finder_1", 0.6, seen_at=NOW)}
    )
    missed = Asked(now={"person_data": False, "finder_1": False})

    step = next_for_person(whole, ORDER, SERVICES, missed, force=True).step

    assert step
    assert step.service == "finder_2"


def test_by_force_what_a_person_set_is_not_looked_for():
    whole = replace(ADA, email="ada@brightwell.example", title="CTO")

    assert next_for_person(whole, ORDER, SERVICES, force=True).step is None


def found_company(**facts: str) -> FoundCompany:
    return FoundCompany("Brightwell", facts=tuple(Fact(name, value, 0.8) for name, value in facts.items()))


def walk_company(record, answers):
    asked, called = NOTHING_ASKED, []
    while (following := next_for_company(record, ORDER, SERVICES, asked)).step:
        name = following.step.service
        called.append(name)
        found = answers.get(name)
        record = merge_company(record, found, Call(name, NOW)).record if found else record
        asked = replace(asked, now={**asked.now, name: bool(found)})
    return called, {each.service: each.why for each in following.passed}


def test_the_website_is_read_where_no_service_knew_the_company():
    assert walk_company(BRIGHTWELL, {}) == (
        ["company_data", "website"],
        {"company_data": Why.ASKED, "website": Why.ASKED},
    )


def test_the_website_is_not_read_where_a_service_knew_the_company():
    called, passed = walk_company(BRIGHTWELL, {"company_data": found_company(industry="Robotics")})

    assert called == ["company_data"]
    assert passed["website"] is Why.ANSWERED


def test_a_company_without_a_domain_is_asked_about_by_nobody_who_needs_one():
    called, passed = walk_company(CompanyRecord(name="Brightwell"), {})

    assert called == []
    assert passed == {"company_data": Why.INPUTS, "website": Why.INPUTS}


def test_a_complete_company_is_asked_about_by_nobody():
    whole = replace(BRIGHTWELL, industry="Robotics", headcount="40", description="Arms.")

    assert next_for_company(whole, ORDER, SERVICES).step is None


_NAMES = [name for role in (Role.PERSON_DATA, Role.EMAIL_FINDER) for name in ORDER[role]]
_SOMEBODY = st.builds(
    PersonRecord,
    **{name: st.sampled_from(["", name]) for name in ("first_name", "last_name", "company", "linkedin", "title")},
)


@given(
    _SOMEBODY,
    st.dictionaries(
        st.sampled_from(_NAMES), st.sampled_from([MAIL, NOTHING, FoundPerson(title="CTO", confidence=0.7)])
    ),
    st.dictionaries(st.sampled_from(_NAMES), st.booleans()),
    st.permutations(ORDER[Role.EMAIL_FINDER]),
)
def test_nobody_is_asked_twice_nor_after_the_first_address_nor_within_the_window(record, answers, window, finders):
    called, passed, after = walk(
        record, answers, Asked(window=window), order={**ORDER, Role.EMAIL_FINDER: tuple(finders)}
    )

    assert len(called) == len(set(called))
    assert not set(called) & set(window)
    assert set(passed) == set(_NAMES)
    if after.email:
        assert answers[called[-1]] is MAIL
    if not after.linkedin:
        assert set(called) <= {"person_data", finders[0]}


def test_acceptance_5_a_service_that_failed_to_the_last_try_moves_on_to_the_next_and_may_be_asked_again_later():
    failed = Asked(now={"person_data": False, "finder_1": False})

    step = next_for_person(ADA, ORDER, SERVICES, failed).step
    later = next_for_person(ADA, ORDER, SERVICES).step

    assert step
    assert step.service == "finder_2"
    assert later
    assert later.service == "person_data"
