"""Batches against the demo world: the acceptance tests of the waterfall, by their numbers."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, func, select

from leadboard.domain.asks import AskStatus
from leadboard.domain.batches import BatchStatus, Entity
from leadboard.domain.budgets import Kind
from leadboard.domain.icp import Icp
from leadboard.domain.waterfall import merge, ordering
from leadboard.domain.waterfall.breaker import WHOLE
from leadboard.domain.waterfall.roles import Role
from leadboard.engine.accounts import keep_account
from leadboard.engine.batch import Batching
from leadboard.errors import Refused
from leadboard.sandbox.behaviour import Behaviour
from leadboard.store import access, batches, budgets, credits, db, icps, orders
from leadboard.store.tables import Ask, Budget, Claim, Contact, Lead, Workspace
from tests.engine.batching import WORLD, Demo, demo_of, somebody


@pytest.fixture
async def demo(ready, team) -> Demo:
    """A demo workspace whose services all work."""
    return await demo_of(team.id)


async def log_of(demo, *narrow):
    async with db.read(demo.workspace) as tx:
        return (await tx.exec(select(Ask).where(*narrow).order_by(Ask.asked_at))).all()


async def balance(demo):
    async with db.begin(demo.workspace) as tx:
        return (await credits.subscription(tx)).credits, await credits.ledger_sum(tx)


async def set_balance(demo, to):
    async with db.begin(demo.workspace) as tx:
        now = (await credits.subscription(tx)).credits
        await credits.adjust(tx, to - now, "for the test", f"set {to}", "Ada")


async def set_cap(demo, micros):
    async with db.begin(demo.workspace) as tx:
        (await tx.get_one(Workspace, demo.workspace)).provider_cap_micros = micros


async def test_a_batch_finds_accepts_charges_and_says_what_it_came_to(demo):
    ids = await demo.add_people(somebody(24))
    batch = await demo.run(await demo.request(Entity.CONTACT, ids))
    assert (batch.status, batch.total, batch.processed) == (BatchStatus.COMPLETE, 24, 24)
    people = {person.email for everybody in WORLD.people.values() for person in everybody}
    accepted = [contact for contact in await demo.contacts() if contact.enrichment_status == "accepted"]
    assert len(accepted) == batch.accepted > 12
    assert len({contact.email for contact in accepted} - people) < 4, "services guess some addresses wrong"
    assert await balance(demo) == (1_250 - batch.accepted, 1_250 - batch.accepted)
    receipt = batch.receipt
    assert receipt["accepted"] == batch.accepted
    assert receipt["micros"] == batch.spent_micros == sum(ask.micros for ask in await log_of(demo)) > 0
    assert receipt["calls"] == sum(demo.sandbox.calls.values())
    assert sum(receipt[status] for status in ("accepted", "partial", "missing")) == 24


async def test_acceptance_1_the_first_finder_with_an_address_ends_the_search(demo):
    ids = await demo.add_people(somebody(20, lambda person: bool(person.linkedin)))
    await demo.run(await demo.request(Entity.CONTACT, ids))
    order = ["apollo", "hunter", "prospeo", "findymail", "leadmagic"]
    for contact in ids:
        calls = await log_of(demo, Ask.entity_id == contact, Ask.tier == 1)
        assert [ask.service for ask in calls] == order[: len(calls)]
        found = ["email" in ask.fields_written for ask in calls]
        assert not any(found[:-1])
        assert len(calls) == len(order) or found[-1]


async def test_acceptance_2_without_a_profile_only_person_data_and_the_first_finder_are_asked(demo):
    ids = await demo.add_people(somebody(20), linkedin=False)
    await demo.run(await demo.request(Entity.CONTACT, ids))
    async with db.read(demo.workspace) as tx:
        without = {each.id for each in (await tx.exec(select(Contact))).all() if not each.linkedin}
    asked = {ask.service for ask in await log_of(demo, Ask.tier == 1) if ask.entity_id in without}
    assert asked == {"apollo", "hunter"}


async def test_acceptance_3_the_same_records_again_cost_no_call_no_money_and_no_credit(demo):
    ids = await demo.add_people(somebody(100))
    first = await demo.run(await demo.request(Entity.CONTACT, ids))
    calls, money = sum(demo.sandbox.calls.values()), await balance(demo)
    again = await demo.run(await demo.request(Entity.CONTACT, ids))
    assert again.id != first.id
    assert (again.status, again.spent_micros) == (BatchStatus.COMPLETE, 0)
    assert sum(demo.sandbox.calls.values()) == calls
    assert await balance(demo) == money
    assert again.receipt["calls"] == 0
    assert again.receipt["accepted"] == first.receipt["accepted"]


async def test_acceptance_6_five_errors_open_the_breaker_for_the_rest_of_the_batch(ready, team, waits):
    demo = await demo_of(team.id, Behaviour(down=frozenset({"apollo"})))
    ids = await demo.add_people(somebody(30))
    await demo.run(await demo.request(Entity.CONTACT, ids))
    failed = await log_of(demo, Ask.service == "apollo", Ask.tier == 1)
    assert {(ask.status, ask.code, ask.micros) for ask in failed} == {(AskStatus.ERROR, "outage", 0)}
    assert 5 <= len(failed) < 5 + 4, "those of the four that are worked on together may be under way"
    later = await demo.add_people(somebody(36)[30:])
    await demo.run(await demo.request(Entity.CONTACT, later))
    assert len(await log_of(demo, Ask.service == "apollo", Ask.tier == 1)) > len(failed), "a new batch asks again"


async def test_acceptance_7_at_the_cap_the_batch_pauses_until_midnight_and_goes_on_then(demo, ready):
    ids = await demo.add_people(somebody(30))
    await set_cap(demo, 200_000)
    batch_id = await demo.request(Entity.CONTACT, ids)
    batch = await demo.run(batch_id)
    assert batch.status == BatchStatus.PAUSED
    assert "begins anew at 00:00 UTC" in batch.why
    midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    assert batch.resume_at == midnight
    assert batch.processed < 30
    assert batch.errors == []
    spent = sum(ask.micros for ask in await log_of(demo))
    assert spent <= 200_000
    db.use(replace(ready, clock=lambda: midnight + timedelta(minutes=1)))
    await set_cap(demo, None)
    await keep_account(demo.tools, demo.workspace)
    assert (await demo.batch(batch_id)).status == BatchStatus.PENDING
    done = await demo.run(batch_id)
    assert (done.status, done.processed) == (BatchStatus.COMPLETE, 30)


async def test_the_cap_of_a_batch_is_never_passed_and_a_person_may_raise_it(demo):
    ids = await demo.add_people(somebody(30))
    batch_id = await demo.request(Entity.CONTACT, ids, cap_micros=150_000)
    batch = await demo.run(batch_id)
    assert (batch.status, batch.resume_at) == (BatchStatus.PAUSED, None)
    assert batch.why == "The cap of this batch leaves no room for the next call. Raise the cap to go on."
    assert batch.spent_micros <= 150_000
    async with db.begin(demo.workspace) as tx:
        paused = await batches.locked(tx, batch_id)
        paused.cap_micros = None
        await batches.resume(tx, paused, "Ada")
    assert (await demo.run(batch_id)).status == BatchStatus.COMPLETE


async def test_acceptance_9_premium_calls_stay_within_their_share_and_go_to_the_most_promising(ready, team):
    demo = await demo_of(team.id)
    ids = await demo.add_people(somebody(100))
    batch = await demo.run(await demo.request(Entity.CONTACT, ids))
    calls = await log_of(demo, Ask.tier == 2)
    assert len(calls) == batch.premium == 15
    async with db.read(team.id) as tx:
        records = await batches.finished_contacts(tx, batch.id)
    assert len(records) == 100
    assert {ask.service for ask in calls} == {"ai_ark"}


async def test_acceptance_10_three_credits_accept_three_and_the_batch_waits_for_more(demo):
    await set_balance(demo, 3)
    ids = await demo.add_people(somebody(12))
    batch_id = await demo.request(Entity.CONTACT, ids)
    batch = await demo.run(batch_id)
    assert (batch.status, batch.accepted) == (BatchStatus.PAUSED, 3)
    assert batch.why.startswith("The workspace has no credits left.")
    assert await balance(demo) == (0, 0)
    accepted = [contact for contact in await demo.contacts() if contact.accepted_at]
    assert len(accepted) == 3
    calls = sum(demo.sandbox.calls.values())
    await set_balance(demo, 100)
    async with db.begin(demo.workspace) as tx:
        await batches.resume(tx, await batches.locked(tx, batch_id))
    done = await demo.run(batch_id)
    assert done.status == BatchStatus.COMPLETE
    assert done.accepted > 3
    assert max(demo.sandbox.paid.values()) == 1, "nothing was paid twice"
    assert sum(demo.sandbox.calls.values()) > calls


async def test_acceptance_13_the_log_the_batch_and_the_budgets_tell_one_sum(demo):
    ids = await demo.add_people(somebody(20))
    batch = await demo.run(await demo.request(Entity.CONTACT, ids))
    async with db.read(demo.workspace) as tx:
        logged = (await tx.exec(select(func.sum(Ask.micros)))).one()
        scopes = await budgets.scopes(tx, Kind.PROVIDERS, 10_000_000, demo=True)
        used = await budgets.used(tx, Kind.PROVIDERS, scopes, tx.now.date())
    assert set(used.values()) == {logged} == {batch.spent_micros}


async def test_faults_of_every_kind_finish_every_record_and_pay_nothing_twice(ready, team, waits):
    demo = await demo_of(team.id, Behaviour(errors=0.2, rate_limits=0.1, malformed=0.05, down=frozenset({"prospeo"})))
    ids = await demo.add_people(somebody(60))
    batch = await demo.run(await demo.request(Entity.CONTACT, ids))
    assert (batch.status, batch.processed, batch.errors) == (BatchStatus.COMPLETE, 60, [])
    assert max(demo.sandbox.paid.values()) == 1
    assert await balance(demo) == (1_250 - batch.accepted, 1_250 - batch.accepted)
    assert {ask.code for ask in await log_of(demo, Ask.status == AskStatus.ERROR)} >= {"outage", "garbled"}


async def dies_over_its_first_call(demo):
    """A batch about one contact whose process ends when the first service has answered."""
    (one,) = await demo.add_people(somebody(1))
    batch_id = await demo.request(Entity.CONTACT, [one])
    work = Batching(demo.tools, demo.workspace, batch_id)
    await work.begin()
    ready = await work._ready()
    put = ready.asker.put

    async def dies(call):
        await put(call)
        raise asyncio.CancelledError

    ready.asker.put = dies  # type: ignore[method-assign]
    with pytest.raises(asyncio.CancelledError):
        await work.chunk()
    (cut,) = await log_of(demo)
    assert cut.status == AskStatus.ASKED
    return batch_id


async def test_a_call_that_died_with_its_process_counts_as_paid_and_is_not_repeated(demo):
    batch = await demo.run(await dies_over_its_first_call(demo))
    assert batch.status == BatchStatus.COMPLETE
    cut, *rest = await log_of(demo)
    assert (cut.status, cut.micros, cut.reserved_micros) == (AskStatus.CUT_OFF, 20_000, 0)
    assert demo.sandbox.calls[cut.service] == 1
    assert cut.service not in {ask.service for ask in rest}


async def test_a_call_that_died_is_settled_where_its_service_is_asked_nothing_more(demo):
    batch_id = await dies_over_its_first_call(demo)
    async with db.begin(demo.workspace) as tx:
        await orders.put(tx, Role.PERSON_DATA, "", [], "Ada")
    batch = await demo.run(batch_id)
    cut, *rest = await log_of(demo)
    assert (cut.status, cut.service) == (AskStatus.CUT_OFF, "apollo")
    assert "apollo" not in {ask.service for ask in rest}
    async with db.read(demo.workspace) as tx:
        used = (await tx.exec(select(Budget))).all()
    assert {(each.spent, each.reserved) for each in used} == {(batch.spent_micros, 0)}


async def test_a_death_of_ours_says_nothing_of_a_service(demo):
    batch_id = await dies_over_its_first_call(demo)
    work = Batching(demo.tools, demo.workspace, batch_id)
    assert (await work._ready()).breaker == WHOLE


async def test_the_same_records_asked_for_twice_are_one_batch_and_another_set_is_another(demo):
    ids = await demo.add_people(somebody(4))
    first = await demo.request(Entity.CONTACT, ids)
    assert await demo.request(Entity.CONTACT, list(reversed(ids))) == first
    assert await demo.request(Entity.CONTACT, ids[:3]) != first


async def test_two_batches_about_the_same_people_pay_once(demo):
    ids = await demo.add_people(somebody(10))
    both = [await demo.request(Entity.CONTACT, ids), await demo.request(Entity.CONTACT, ids[:9])]
    await asyncio.gather(*(demo.run(each) for each in both))
    assert max(demo.sandbox.paid.values()) == 1


async def test_a_cancelled_batch_stops_and_keeps_what_it_found(demo):
    ids = await demo.add_people(somebody(20))
    batch_id = await demo.request(Entity.CONTACT, ids)
    work = Batching(demo.tools, demo.workspace, batch_id)
    await work.begin()
    running = asyncio.create_task(work.chunk())
    while not demo.sandbox.calls:  # noqa: ASYNC110 (the world has no event to wait for)
        await asyncio.sleep(0.01)
    async with db.begin(demo.workspace) as tx:
        batches.cancel(tx, await batches.locked(tx, batch_id), "Ada")
    assert await running == "stopped"
    batch = await demo.batch(batch_id)
    assert (batch.status, batch.why) == (BatchStatus.CANCELLED, "")
    assert batch.processed < 20
    assert not await log_of(demo, Ask.status == AskStatus.ASKED)
    with pytest.raises(Refused, match="has ended"):
        async with db.begin(demo.workspace) as tx:
            batches.cancel(tx, await batches.locked(tx, batch_id), "Ada")


async def test_one_record_that_breaks_does_not_stop_the_others(demo, monkeypatch):
    ids = await demo.add_people(somebody(6))
    whole = merge.merge_person

    def breaks_once(*given, **named):
        monkeypatch.setattr(merge, "merge_person", whole)
        raise ZeroDivisionError

    monkeypatch.setattr(merge, "merge_person", breaks_once)
    batch = await demo.run(await demo.request(Entity.CONTACT, ids))
    assert (batch.status, batch.processed) == (BatchStatus.COMPLETE, 6)
    assert batch.errors == ["This record failed because of a fault of ours, which is in the log."]


async def test_leads_learn_about_their_company_and_the_people_there(demo):
    companies = [company for company in WORLD.companies if len(WORLD.people[company.domain]) > 2][:6]
    ids = await demo.add_leads(companies)
    batch = await demo.run(await demo.request(Entity.LEAD, ids))
    assert batch.status == BatchStatus.COMPLETE
    assert batch.total == batch.processed > 6
    async with db.read(demo.workspace) as tx:
        leads = (await tx.exec(select(Lead))).all()
        claims = (await tx.exec(select(Claim).where(Claim.method == "apollo"))).all()
    by_domain = WORLD.by_domain
    known = [lead for lead in leads if lead.industry]
    assert len(known) >= 4
    assert all(lead.country == by_domain[lead.domain].country_name for lead in known if lead.country)
    assert sum(claim.cost_micros for claim in claims) > 0
    names = {(person.domain, person.name) for company in companies for person in WORLD.people[company.domain]}
    domains = {lead.id: lead.domain for lead in leads}
    found = {(domains[each.lead_id], each.name) for each in await demo.contacts() if each.last_name}
    assert found
    assert found <= names


async def test_a_refused_key_is_an_alert_and_the_service_is_left_alone(demo, ready):
    async with db.begin(demo.workspace) as tx:
        access.put_key(tx, await access.of_service(tx, "hunter"), "wrong-key", "Ada")
    ids = await demo.add_people(somebody(20))
    tools = replace(demo.tools, wire=demo.tools.demo_wire)
    batch = await demo.run(await demo.request(Entity.CONTACT, ids), tools)
    assert batch.alerts == ["Hunter did not accept the key. Check it under Providers."]
    assert len(await log_of(demo, Ask.service == "hunter")) <= 4


async def test_a_workspace_that_is_no_demo_asks_nobody_without_keys(ready, team):
    demo = await demo_of(team.id)
    async with db.begin(team.id) as tx:
        (await tx.get_one(Workspace, team.id)).demo = False
    ids = await demo.add_people(somebody(5))
    batch = await demo.run(await demo.request(Entity.CONTACT, ids))
    assert (batch.status, batch.processed, batch.accepted) == (BatchStatus.COMPLETE, 5, 0)
    assert not demo.sandbox.calls


async def test_a_subscription_that_does_not_pay_pauses_before_the_first_call(demo):
    async with db.begin(demo.workspace) as tx:
        (await credits.subscription(tx)).status = "past_due"
    ids = await demo.add_people(somebody(3))
    batch = await demo.run(await demo.request(Entity.CONTACT, ids))
    assert batch.status == BatchStatus.PAUSED
    assert batch.why.startswith("The subscription is past due")
    assert not demo.sandbox.calls


async def test_the_word_of_the_demo_world_counts_only_there(demo):
    ids = await demo.add_people(somebody(4))
    await demo.run(await demo.request(Entity.CONTACT, ids))
    calls = sum(demo.sandbox.calls.values())
    async with db.begin(demo.workspace) as tx:
        for service in ("apollo", "hunter"):
            access.put_key(tx, await access.of_service(tx, service), "k-real", "Ada")
        await tx.update_many(Contact, [{"id": each, "email": "", "passports": {}, "retry_at": None} for each in ids])
    tools = replace(demo.tools, wire=demo.tools.demo_wire)
    batch = await demo.run(await demo.request(Entity.CONTACT, ids), tools)
    real = await log_of(demo, col(Ask.demo).is_(False))
    assert {ask.service for ask in real} <= {"apollo", "hunter"}
    assert len({ask.entity_id for ask in real}) == 4, "with a key of one's own the real service is asked"
    assert sum(demo.sandbox.calls.values()) > calls
    assert batch.status == BatchStatus.COMPLETE


async def test_a_call_that_was_left_behind_is_ended_within_the_hour(demo, ready):
    ids = await demo.add_people(somebody(1))
    batch_id = await demo.request(Entity.CONTACT, ids, cap_micros=500_000)
    work = Batching(demo.tools, demo.workspace, batch_id)
    await work.begin()
    shared = await work._ready()
    shared.asker.put = _dies  # type: ignore[method-assign]
    with pytest.raises(asyncio.CancelledError):
        await work.chunk()
    await keep_account(demo.tools, demo.workspace)
    assert [ask.status for ask in await log_of(demo)] == [AskStatus.ASKED], "it may still come back"
    db.use(replace(ready, clock=lambda: datetime.now(UTC) + timedelta(hours=1)))
    await keep_account(demo.tools, demo.workspace)
    (ended,) = await log_of(demo)
    assert (ended.status, ended.reserved_micros) == (AskStatus.CUT_OFF, 0)
    async with db.read(demo.workspace) as tx:
        kept = (await tx.exec(select(Budget))).all()
    assert {(row.spent, row.reserved) for row in kept} == {(ended.micros, 0)}


async def _dies(call):
    raise asyncio.CancelledError


async def test_what_the_profile_waits_for_is_looked_up_at_job_boards(demo, team):
    hiring = [company for company in WORLD.companies if company.board and WORLD.jobs(company.domain)][:3]
    quiet = [company for company in WORLD.companies if not company.board][:2]
    async with db.begin(demo.workspace) as tx:
        await icps.save(tx, Icp(industry=("Software",), signals=("hiring",)), "Ada")
    ids = await demo.add_leads([*hiring, *quiet])
    await demo.run(await demo.request(Entity.LEAD, ids))
    async with db.read(demo.workspace) as tx:
        known = {lead.domain: lead for lead in (await tx.exec(select(Lead))).all()}
        claims = (await tx.exec(select(Claim).where(Claim.method == "job_boards"))).all()
    assert {company.domain for company in hiring} <= {domain for domain, lead in known.items() if lead.is_hiring}
    assert {claim.field for claim in claims} == {"hiring"}
    assert all(claim.source.startswith("https://") for claim in claims)
    asked = await log_of(demo, Ask.service == "job_boards")
    assert len(asked) == len({ask.entity_id for ask in asked}) == 5


async def test_without_signals_in_the_profile_nobody_is_asked_for_any(demo):
    ids = await demo.add_leads(WORLD.companies[:2])
    await demo.run(await demo.request(Entity.LEAD, ids))
    assert not await log_of(demo, Ask.task == "signals")


async def test_where_proposals_are_on_a_few_people_are_asked_about_in_another_order(demo, monkeypatch):
    monkeypatch.setattr(ordering, "EXPLORED", 0.5)
    async with db.begin(demo.workspace) as tx:
        (await tx.get_one(Workspace, demo.workspace)).self_ordering = True
    ids = await demo.add_people(somebody(24, lambda person: bool(person.linkedin)))
    batch = await demo.run(await demo.request(Entity.CONTACT, ids))
    assert batch.status == BatchStatus.COMPLETE
    finders = ["hunter", "prospeo", "findymail", "leadmagic"]
    firsts = [
        next((ask.service for ask in await log_of(demo, Ask.entity_id == each) if ask.service in finders), None)
        for each in ids
    ]
    assert firsts.count("hunter") > len([each for each in firsts if each and each != "hunter"]) > 0
    assert max(demo.sandbox.paid.values()) == 1
