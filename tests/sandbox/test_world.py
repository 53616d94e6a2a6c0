"""The demo world: the same for the same seed, plainly invented, and full enough to be searched."""

import hashlib
import os
import subprocess
import sys
from datetime import date

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadboard.domain.identity import normalise_name, registrable_domain, why_not_a_company
from leadboard.domain.vocabulary.industries import INDUSTRIES
from leadboard.domain.vocabulary.trades import TRADES
from leadboard.sandbox.names import BLOCKS, CITIES, SECTORS
from leadboard.sandbox.world import Mailbox, World, on

ELSEWHERE = "from leadboard.sandbox.world import World; world = World(5, 60); print((world.companies, world.people))"


def told(world: World) -> str:
    """Everything a world holds, as one number."""
    domains = sorted(world.by_domain)
    pieces = (world.jobs, world.news, world.trials, world.repositories, world.filings, world.mentions)
    said = (world.companies, dict(world.people), [[piece(domain) for domain in domains] for piece in pieces])
    return hashlib.sha256(repr(said).encode()).hexdigest()


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10**9), companies=st.integers(1, 120))
def test_the_same_seed_makes_the_same_world_and_another_one_another(seed: int, companies: int):
    one = World(seed, companies)
    assert len(one.companies) == companies
    assert told(one) == told(World(seed, companies))
    assert told(one) != told(World(seed + 1, companies))


def test_a_world_is_the_same_in_every_process():
    environment = {**os.environ, "PYTHONHASHSEED": "1"}
    said = subprocess.run(
        [sys.executable, "-c", ELSEWHERE], env=environment, capture_output=True, text=True, check=True
    )
    here = World(5, 60)
    assert said.stdout.strip() == str((here.companies, here.people))


@settings(max_examples=3, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_everybody_is_told_apart(seed: int):
    world = World(seed)
    assert len(world.by_domain) == len({normalise_name(each.name) for each in world.companies}) == 400
    everybody = [person for team in world.people.values() for person in team]
    assert len(world.by_email) == len(everybody)
    assert len(world.by_profile) == sum(bool(person.profile) for person in everybody)
    assert all(world.people.values())


def test_nothing_leads_into_the_real_world(world: World):
    for company in world.companies:
        assert registrable_domain(company.website) == company.domain
        assert company.domain.endswith(".example")
        assert not why_not_a_company(company.name, company.domain)
        assert _is_fiction(company.phone, company.country)
        for person in world.people[company.domain]:
            assert person.email.endswith(f"@{company.domain}")
            assert not person.phone or _is_fiction(person.phone, company.country)


FICTION = {
    "GB": ("+441614960", "+442079460", "+441134960", "+441174960", "+441214960", "+441314960"),
    "US": ("55501",),
    "AU": ("+6125550", "+6135550", "+6175550"),
    "DE": ("+493023125", "+494066969", "+498999998"),
    "FR": ("+3319900", "+33465714", "+33465713"),
}


def _is_fiction(phone: str, country: str) -> bool:
    number = phonenumbers.parse(phone)
    block = phone[5:10] == "55501" if country == "US" else phone.startswith(FICTION[country])
    return block and phonenumbers.is_valid_number_for_region(number, country)


@pytest.mark.parametrize(
    ("terms", "places", "least"),
    [
        (["cafes"], ["Manchester"], 50),
        (["coffee shop"], ["Manchester, UK"], 50),
        (["dentists", "dental"], ["GB", "AU"], 20),
        (["SaaS"], ["United Kingdom", "US"], 40),
        (["biotech"], ["Massachusetts"], 10),
        (["manufacturing"], ["Germany"], 12),
        (["Healthcare"], ["Europe"], 25),
        (["gene therapy"], [], 10),
        ([], ["Manchester"], 90),
    ],
)
def test_a_search_finds_enough_and_only_what_fits(world: World, terms: list[str], places: list[str], least: int):
    assert len(world.search(terms, places)) >= least


def test_a_search_leaves_out_who_does_not_fit(world: World):
    found = world.search(["cafe"], ["Manchester"], 10, 20)
    assert found
    assert {(each.city, each.sector) for each in found} == {("Manchester", "cafe")}
    assert all(10 <= each.headcount <= 20 for each in found)
    assert not world.search(["cafe"], ["Nowhere"])
    assert not world.search(["submarines"], ["Manchester"])
    assert not world.search(["cafe"], ["Manchester, US"])


def test_people_are_found_by_all_that_names_them(world: World):
    company = next(each for each in world.companies if any(who.profile for who in world.people[each.domain]))
    person = next(who for who in world.people[company.domain] if who.profile)
    assert world.person(name=person.name.upper(), domain=f"www.{company.domain}") is person
    assert world.person(name=person.name, company=company.legal_name) is person
    assert world.person(linkedin=f"http://linkedin.com/in/{person.profile}/") is person
    assert world.person(email=f" {person.email.upper()}") is person
    assert world.person(name="Nobody Atall", domain=company.domain) is None
    assert world.person(name=person.name) is None


def test_mailboxes_are_of_every_kind(world: World):
    assert {person.mailbox for person in world.by_email.values()} == set(Mailbox) - {Mailbox.ROLE}
    usual = next(each for each in world.companies if not each.catch_all and each.mail_host != "none")
    open_to_all = next(each for each in world.companies if each.catch_all and each.mail_host != "none")
    assert world.mailbox(usual.email) is Mailbox.ROLE
    assert world.mailbox(f"nobody@{usual.domain}") is Mailbox.GONE
    assert world.mailbox(f"nobody@{open_to_all.domain}") is Mailbox.CATCH_ALL
    assert world.mailbox("somebody@nowhere.example") is Mailbox.GONE


def test_sectors_speak_the_words_of_the_vocabulary():
    industries = {each.key: each for each in INDUSTRIES}
    kinds = {trade.name for trade in TRADES} | {""}
    for sector in SECTORS.values():
        assert sector.trade in industries[sector.industry].trades
        assert sector.kind in kinds
    assert all(sector in SECTORS and city in CITIES for sector, city, _ in BLOCKS)
    assert {sector for sector, *_ in BLOCKS} == set(SECTORS)


def test_what_happened_is_dated_by_how_long_ago_it_was(world: World):
    assert on(3, date(2026, 3, 2)) == date(2026, 2, 27)
    for company in world.companies:
        days = [item.days_ago for item in world.news(company.domain)]
        assert days == sorted(days)
    assert sum(bool(world.news(each.domain)) for each in world.companies) > 200
    assert sum(bool(world.jobs(each.domain)) for each in world.companies) > 100
    assert {bool(world.trials(each.domain)) for each in world.companies if each.sector == "biotech"} == {True}
