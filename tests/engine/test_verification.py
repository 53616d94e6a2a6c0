"""Verification of addresses against the demo world, in the order of the workspace."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from leadboard.domain.asks import AskStatus
from leadboard.domain.found import EmailStatus
from leadboard.domain.waterfall.roles import Role
from leadboard.domain.waterfall.verification import NOBODY, is_exportable, is_paid, why_blocked
from leadboard.engine.verification import UNANSWERED, Verifying
from leadboard.providers.wire import Wire
from leadboard.sandbox.behaviour import Behaviour
from leadboard.sandbox.world import Mailbox
from leadboard.store import contacts, db, orders, verifications
from leadboard.store.tables import Ask, Contact, Event, Lead, Workspace
from tests.engine.batching import WORLD, Demo, demo_of
from tests.support.services import Recorded

STATUS = {
    Mailbox.WORKS: EmailStatus.VALID,
    Mailbox.GONE: EmailStatus.INVALID,
    Mailbox.CATCH_ALL_WORKS: EmailStatus.VALID_CATCH_ALL,
    Mailbox.CATCH_ALL: EmailStatus.CATCH_ALL,
    Mailbox.SILENT: EmailStatus.UNKNOWN,
}
"""What LeadMagic, which looks closest, says of each kind of mailbox."""
DAY = timedelta(days=1)


@pytest.fixture
async def demo(ready, team) -> Demo:
    """A demo workspace whose services all work."""
    return await demo_of(team.id)


async def order(demo, *services):
    async with db.begin(demo.workspace) as tx:
        await orders.put(tx, Role.EMAIL_VERIFY, "", services, "Ada")


async def with_address(demo, email, which=0):
    """A contact who has this address, at the company of this number."""
    [one] = await demo.add_people([[everybody[0] for everybody in WORLD.people.values() if everybody][which]])
    async with db.begin(demo.workspace) as tx:
        (await tx.get_one(Contact, (demo.workspace, one))).email = email
    return one


def address(mailbox):
    people = (person for everybody in WORLD.people.values() for person in everybody)
    return next(person.email for person in people if person.mailbox is mailbox and person.email)


async def look(demo, one):
    async with db.read(demo.workspace) as tx:
        contact = await tx.get_one(Contact, (demo.workspace, one))
        log = (await tx.exec(select(Ask).order_by(Ask.asked_at))).all()
        events = (await tx.exec(select(Event).order_by(Event.n))).all()
    return contact, log, events


def moment(contact):
    """When its address was verified."""
    assert contact.verified_at is not None
    return contact.verified_at


@pytest.mark.parametrize("mailbox", STATUS)
async def test_acceptance_12_only_valid_passes_the_gate_and_only_what_tells_is_paid(demo, ready, mailbox):
    await order(demo, "leadmagic")
    one = await with_address(demo, address(mailbox))
    status = await Verifying(demo.tools, demo.workspace, one).run()
    contact, [ask], events = await look(demo, one)
    assert contact.email_status == status == STATUS[mailbox]
    assert (contact.verified_by, ask.service, ask.task, ask.entity_id) == ("leadmagic", "leadmagic", "verify", one)
    assert (ask.micros > 0) is is_paid(STATUS[mailbox])
    now = ready.clock()
    assert now - contact.verified_at < timedelta(minutes=1)
    blocked = why_blocked(contact.email_status, contact.verified_at, now)
    assert bool(blocked) is (status != EmailStatus.VALID)
    assert is_exportable(contact.email_status, contact.verified_at, now) is (status == EmailStatus.VALID)
    assert [event.data["status"] for event in events if event.kind == verifications.ENDED] == [status]


async def test_the_score_of_the_contact_follows_what_was_said_of_the_address(demo):
    points = {}
    for which, mailbox in enumerate((Mailbox.WORKS, Mailbox.GONE, Mailbox.CATCH_ALL)):
        one = await with_address(demo, address(mailbox), which)
        await Verifying(demo.tools, demo.workspace, one).run()
        contact, *_ = await look(demo, one)
        assert contact.als_receipt is not None
        [quality] = [each for each in contact.als_receipt["components"] if each["name"] == "Data quality"]
        [line] = [each for each in quality["lines"] if each["label"] == "E-mail"]
        points[mailbox] = (line["points"], line["evidence"])
    assert points == {
        Mailbox.WORKS: (8, "Verified"),
        Mailbox.GONE: (0, "Invalid"),
        Mailbox.CATCH_ALL: (4, "Not verified: catch all"),
    }


async def test_a_verification_is_not_bought_again_within_90_days_and_is_after_them(demo, ready):
    one = await with_address(demo, address(Mailbox.WORKS))
    await Verifying(demo.tools, demo.workspace, one).run()
    contact, [first], _ = await look(demo, one)
    start = moment(contact)
    for days, calls in ((89, 1), (91, 2)):
        db.use(replace(ready, clock=lambda days=days: start + days * DAY))
        await Verifying(demo.tools, demo.workspace, one).run()
        contact, log, _ = await look(demo, one)
        assert len(log) == sum(demo.sandbox.calls.values()) == calls
    assert contact.verified_at == start + 91 * DAY
    assert first.micros == log[1].micros > 0


async def test_the_same_address_of_somebody_else_is_no_younger_than_its_answer(demo, ready):
    email = address(Mailbox.WORKS)
    one = await with_address(demo, email)
    await Verifying(demo.tools, demo.workspace, one).run()
    first, *_ = await look(demo, one)
    db.use(replace(ready, clock=lambda: moment(first) + 60 * DAY))
    other = await with_address(demo, email, which=1)
    assert await Verifying(demo.tools, demo.workspace, other).run() == EmailStatus.VALID
    second, log, _ = await look(demo, other)
    assert abs(moment(second) - moment(first)) < timedelta(seconds=5)
    assert len(log) == 1


async def test_another_address_starts_without_a_verification(demo):
    one = await with_address(demo, address(Mailbox.WORKS))
    await Verifying(demo.tools, demo.workspace, one).run()
    contact, *_ = await look(demo, one)
    async with db.read(demo.workspace) as tx:
        lead = await tx.get_one(Lead, (demo.workspace, contact.lead_id))
        record = contacts.record_of(contact, lead)
    changed = contacts.columns_of(replace(record, email="new@brightwell.example"), ["email"])
    assert (changed["email_status"], changed["verified_at"], changed["verified_by"]) == ("", None, "")


async def test_what_was_said_of_an_address_is_not_kept_for_the_one_that_took_its_place(demo):
    one = await with_address(demo, address(Mailbox.GONE))
    async with db.begin(demo.workspace) as tx:
        await verifications.keep(tx, one, "old@brightwell.example", EmailStatus.VALID, "hunter", tx.now)
    contact, _, events = await look(demo, one)
    assert (contact.email_status, contact.verified_at) == ("", None)
    assert events[-1].data["why"] == verifications.CHANGED


async def test_who_could_not_tell_is_followed_by_the_next_and_who_fails_too(ready, team, waits):
    demo = await demo_of(team.id, Behaviour(down=frozenset({"millionverifier"})))
    one = await with_address(demo, address(Mailbox.WORKS))
    await Verifying(demo.tools, demo.workspace, one).run()
    contact, log, _ = await look(demo, one)
    assert (contact.email_status, contact.verified_by) == (EmailStatus.VALID, "zerobounce")
    assert [(ask.service, ask.status) for ask in log] == [
        ("millionverifier", AskStatus.ERROR),
        ("zerobounce", AskStatus.SUCCESS),
    ]
    silent = await with_address(demo, address(Mailbox.SILENT), which=1)
    await order(demo, "leadmagic", "zerobounce")
    assert await Verifying(demo.tools, demo.workspace, silent).run() == EmailStatus.UNKNOWN
    contact, log, _ = await look(demo, silent)
    assert [ask.service for ask in log[2:]] == ["leadmagic", "zerobounce"]
    assert contact.verified_by == "leadmagic"


async def test_an_answer_that_cannot_be_read_is_unknown_costs_nothing_and_is_asked_anew_when_wanted(demo, waits):
    await order(demo, "leadmagic")
    one = await with_address(demo, address(Mailbox.WORKS))
    garbled = Wire(transport=Recorded(["<html>", "<html>"]), sleep=demo.slept.sleep, clock=demo.slept.clock)
    tools = replace(demo.tools, demo_wire=garbled)
    assert await Verifying(tools, demo.workspace, one).run() == EmailStatus.UNKNOWN
    contact, [ask], _ = await look(demo, one)
    assert (contact.email_status, ask.status, ask.code, ask.micros) == ("unknown", AskStatus.ERROR, "garbled", 0)
    assert await Verifying(demo.tools, demo.workspace, one).run() == EmailStatus.VALID


async def test_where_nobody_answers_the_address_stays_as_it_was_and_the_team_reads_why(ready, team, waits):
    demo = await demo_of(team.id, Behaviour(down=frozenset({"millionverifier", "zerobounce"})))
    one = await with_address(demo, address(Mailbox.WORKS))
    assert await Verifying(demo.tools, demo.workspace, one).run() == ""
    contact, _, events = await look(demo, one)
    assert (contact.email_status, contact.verified_at) == ("", None)
    assert (events[-1].kind, events[-1].data["why"]) == (verifications.STOPPED, UNANSWERED)


async def test_a_used_up_budget_and_a_missing_key_stop_it_before_a_call(demo):
    one = await with_address(demo, address(Mailbox.WORKS))
    for change, why in (({"provider_cap_micros": 0}, "budget of the day"), ({"demo": False}, NOBODY)):
        async with db.begin(demo.workspace) as tx:
            workspace = await tx.get_one(Workspace, demo.workspace)
            for name, value in change.items():
                setattr(workspace, name, value)
        assert await Verifying(demo.tools, demo.workspace, one).run() == ""
        _, log, events = await look(demo, one)
        assert why in events[-1].data["why"]
        assert not log
    assert not demo.sandbox.calls
