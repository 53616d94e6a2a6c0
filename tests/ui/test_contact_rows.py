"""Contacts as the sheet shows them: whether they may be written to, and where each value is from."""

from datetime import timedelta
from uuid import uuid4

import pytest

from leadboard.domain.waterfall.passport import Passport
from leadboard.providers.registry import SERVICES
from leadboard.store import catalogue, verifications
from leadboard.store.tables import Contact, Event, Lead, utcnow
from leadboard.ui.lead.people import contact_rows

NOW = utcnow()
DAY = timedelta(days=1)
WORKSPACE, LEAD_ID, ID = uuid4(), uuid4(), uuid4()
LEAD = Lead(id=LEAD_ID, workspace_id=WORKSPACE, key="halden.example", name="Halden", domain="halden.example")


@pytest.fixture(autouse=True)
def known():
    catalogue.use(SERVICES)
    yield
    catalogue.use(())


def row(events=(), **more):
    """The one contact of the lead as a row."""
    values = {"name": "Siv Vik", "email": "s.vik@halden.example", "source": "people.csv", "created_at": NOW} | more
    contact = Contact(id=ID, workspace_id=WORKSPACE, lead_id=LEAD_ID, key="siv vik", **values)
    [shown] = contact_rows([contact], LEAD, events, NOW)
    return shown


def event(kind, ago, contact=ID):
    return Event(workspace_id=WORKSPACE, n=1, kind=kind, data={"contact": str(contact)}, at=NOW - ago)


@pytest.mark.parametrize(
    ("status", "age", "verdict", "tone", "may_verify", "blocked"),
    [
        ("", None, "Not verified", "neutral", True, ""),
        ("valid", 3 * DAY, "Valid", "strong", False, ""),
        ("valid", 91 * DAY, "Valid, too old", "fair", True, "91 days ago"),
        ("invalid", 3 * DAY, "Invalid", "weak", False, "takes no mail"),
        ("catch_all", 3 * DAY, "Catch-all", "fair", False, "takes mail for any address"),
        ("valid_catch_all", 3 * DAY, "Catch-all, valid", "fair", False, "takes mail for any address"),
        ("unknown", 3 * DAY, "Unknown", "fair", True, "could not tell"),
    ],
)
def test_an_address_says_whether_it_may_be_written_to_and_why_not(status, age, verdict, tone, may_verify, blocked):
    shown = row(email_status=status, verified_at=age and NOW - age, verified_by="zerobounce" if status else "")
    assert (shown.verdict, shown.verdict_tone, shown.can_verify) == (verdict, tone, may_verify)
    assert bool(shown.blocked) is bool(blocked)
    assert blocked in shown.blocked
    assert shown.verified_by == ("ZeroBounce" if status else "")


@pytest.mark.parametrize(
    ("events", "verifying"),
    [
        ([], False),
        ([event(verifications.REQUESTED, DAY / 1440)], True),
        ([event(verifications.REQUESTED, DAY / 1440, uuid4())], False),
        ([event(verifications.ENDED, 0 * DAY), event(verifications.REQUESTED, DAY / 1440)], False),
        ([event(verifications.STOPPED, 0 * DAY), event(verifications.REQUESTED, DAY / 1440)], False),
        ([event(verifications.REQUESTED, 0 * DAY), event(verifications.ENDED, DAY / 1440)], True),
        ([event(verifications.REQUESTED, DAY)], False),
    ],
)
def test_an_address_is_being_verified_until_something_is_heard_of_it(events, verifying):
    assert row(events).verifying is verifying


def test_every_value_says_who_said_it_how_sure_it_still_is_and_what_it_cost():
    passports = {
        "email": Passport("hunter", 0.94, "person", 34_000, NOW - DAY),
        "title": Passport("apollo", 0.8, "people", 0, NOW - 1_100 * DAY),
    }
    shown = row(
        title="Head of labs",
        phone="+4769000000",
        locked=["phone"],
        passports={name: passport.to_data() for name, passport in passports.items()},
    )
    assert [(each.field, each.value, each.source, each.confidence, each.cost) for each in shown.passports] == [
        ("Name", "Siv Vik", "people.csv", "0.90", ""),
        ("Title", "Head of labs", "Apollo, asked for people there", "0.20", ""),
        ("E-mail", "s.vik@halden.example", "Hunter, asked about the person", "0.94", "$0.034"),
        ("Phone", "+4769000000", "Set by hand", "1.00", ""),
    ]
    assert [each.field for each in shown.passports if each.stale] == ["Title"]
    title = shown.passports[1]
    assert title.age == "Seen 1,100 days ago, 80 % sure then, 20 % sure now. It is looked up again before a send."


def test_what_a_website_said_long_ago_is_stale_and_what_people_said_is_not():
    old = {"created_at": NOW - 2_000 * DAY}
    assert not any(each.stale for each in row(**old).passports)
    shown = row(source="https://www.halden.example/team", **old)
    assert {each.source for each in shown.passports} == {"Website"}
    assert [each.field for each in shown.passports if each.stale] == ["E-mail"]
