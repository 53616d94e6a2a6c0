"""Moves and their undoing: totals equal a recount whatever people do, and two people never overwrite each other."""

import asyncio
import random
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func
from sqlmodel import col, select

from leadboard.domain.icp import Icp
from leadboard.domain.rights import Principal
from leadboard.domain.sorting import Sort
from leadboard.domain.stage_needs import Answers, Standing, standing
from leadboard.domain.stages import SalesStage, Stage, column_of
from leadboard.errors import NotFound, Refused
from leadboard.store import board, db, edits, icps, moves, runs, undo
from leadboard.store.import_rows import score_again
from leadboard.store.moves import MovedSince
from leadboard.store.tables import Event, Lead, Undo, utcnow
from leadboard.store.undo import Change
from tests.conftest import Team, make_team

REVIEW, NEGOTIATING = SalesStage.REVIEWING, SalesStage.NEGOTIATING
SAME = ("version", "updated_at", "moved_by", "moved_at", "moved_version")
"""What tells of every change, so that an undo never sets it back."""


async def stored(team: Team, *leads: Mapping[str, Any]) -> list[UUID]:
    enriched = {"stage": Stage.ENRICHED, "status": "enriched", "column": "enriched"}
    async with db.begin(team.id) as tx:
        rows = [
            Lead(workspace_id=team.id, **{"key": f"{n}.example", "name": f"Lead {n}", **enriched, **lead})
            for n, lead in enumerate(leads)
        ]
        tx.add_all(rows)
    return [row.id for row in rows]


def change_by(me: Principal, kind: str = moves.MOVED, **given: Any) -> Change:
    return Change(me.user_id, me.name, kind, "Moved", **given)


def knowing(stage: SalesStage) -> Standing:
    """The stage, with whatever it has to know."""
    return standing(stage, Answers(lost_reason="no_budget", meeting_at="2026-11-24T10:00"), "Europe/Oslo")


async def move(team: Team, me: Principal, seen: dict[UUID, int], to: SalesStage) -> tuple[UUID, list[MovedSince]]:
    change = change_by(me, many=len(seen) > 1, told={"to": to.value})
    async with db.begin(team.id) as tx:
        return change.id, await moves.move(tx, change, seen, knowing(to))


async def take_back(team: Team, me: Principal, change: UUID) -> Undo:
    async with db.begin(team.id) as tx:
        found = await undo.find(tx, me.user_id, change)
        while await undo.take_back(tx, found, me.name, 2):
            pass
    return found


async def lead_of(team: Team, lead_id: UUID) -> Lead:
    async with db.read(team.id) as tx:
        return (await tx.exec(select(Lead).where(Lead.id == lead_id))).one()


async def state(team: Team, *without: str) -> list[dict[str, Any]]:
    async with db.read(team.id) as tx:
        leads = (await tx.exec(select(Lead).order_by(col(Lead.key), col(Lead.id)))).all()
    return [{name: value for name, value in lead.model_dump().items() if name not in without} for lead in leads]


async def recounted(team: Team) -> dict[str, tuple[int, int]]:
    async with db.read(team.id) as tx:
        counted = select(Lead.column, func.count(), func.coalesce(func.sum(Lead.value), 0))
        rows = (await tx.exec(counted.where(col(Lead.deleted_at).is_(None)).group_by(Lead.column))).all()
    return {column: (leads, int(value)) for column, leads, value in rows}


async def totals(team: Team) -> dict[str, tuple[int, int]]:
    async with db.read(team.id) as tx:
        return {column: total for column, total in (await board.totals(tx)).items() if total != (0, 0)}


async def events(team: Team) -> list[tuple[str, str, bool, bool]]:
    async with db.read(team.id) as tx:
        found = (await tx.exec(select(Event).order_by(col(Event.n)))).all()
    return [(event.kind, event.actor, event.lead_id is not None, event.shown) for event in found]


async def test_a_move_changes_column_totals_version_and_tells_who(any_database, team):
    [one, _] = await stored(team, {"value": 500}, {"value": None})
    before = await lead_of(team, one)

    change, conflicts = await move(team, team.member, {one: 1}, NEGOTIATING)

    after = await lead_of(team, one)
    assert conflicts == []
    assert (after.column, after.sales_stage, after.stage) == ("negotiating", "negotiating", "enriched")
    assert (after.version, after.moved_version, after.moved_by) == (2, 2, team.member.name)
    assert after.stage_at > before.stage_at
    assert await totals(team) == {"enriched": (1, 0), "negotiating": (1, 500)}
    async with db.read(team.id) as tx:
        [event] = (await tx.exec(select(Event))).all()
    assert (event.kind, event.lead_id, event.actor, event.shown) == ("lead_moved", one, team.member.name, True)
    assert event.data == {"from": "none", "to": "negotiating", "undo": str(change)}


async def test_a_stale_card_is_told_who_moved_it_where_and_when_and_may_insist(any_database, team):
    [one] = await stored(team, {})
    await move(team, team.member, {one: 1}, REVIEW)

    _, [conflict] = await move(team, team.admin, {one: 1}, NEGOTIATING)

    assert (await lead_of(team, one)).sales_stage == REVIEW
    assert (conflict.by, conflict.column, conflict.name, conflict.status) == (team.member.name, "review", "Lead 0", 409)
    assert conflict.at == (await lead_of(team, one)).moved_at
    _, again = await move(team, team.admin, {one: conflict.version}, NEGOTIATING)
    assert again == []
    assert (await lead_of(team, one)).sales_stage == NEGOTIATING


async def test_what_the_machine_does_to_a_card_is_no_conflict_and_moves_nothing(any_database, team):
    [one] = await stored(team, {})
    await move(team, team.member, {one: 1}, REVIEW)
    before = await lead_of(team, one)
    async with db.begin(team.id) as tx:
        for stage in (Stage.HARVESTED, Stage.STRATEGY, Stage.FAILED):
            runs._show(tx, await tx.find(Lead, one), stage, runs.Status.ENRICHING)
    after = await lead_of(team, one)
    assert (after.stage, after.column, after.stage_at) == ("failed", "review", before.stage_at)
    assert after.version == before.version + 3

    assert (await move(team, team.member, {one: before.version}, NEGOTIATING))[1] == []


async def test_of_two_people_who_move_one_card_at_once_one_wins_and_the_other_is_told(any_database, team):
    [one] = await stored(team, {"value": 70})
    dice = random.Random(3)
    for _ in range(100):
        seen = await lead_of(team, one)
        targets = dice.sample([stage for stage in SalesStage if stage != seen.sales_stage], 2)
        people = dice.sample([team.owner, team.member], 2)
        both = (move(team, who, {one: seen.version}, to) for who, to in zip(people, targets, strict=True))
        answers = await asyncio.gather(*both)
        after = await lead_of(team, one)
        [winner] = [n for n, (_, conflicts) in enumerate(answers) if not conflicts]
        [told] = answers[1 - winner][1]
        assert (after.sales_stage, after.moved_by, after.version) == (
            targets[winner],
            people[winner].name,
            seen.version + 1,
        )
        assert (told.by, told.column, told.version) == (people[winner].name, after.column, after.version)
    assert await totals(team) == await recounted(team)


async def test_moving_to_where_a_card_is_changes_nothing_and_can_not_be_undone(any_database, team):
    [one] = await stored(team, {})
    await move(team, team.member, {one: 1}, REVIEW)
    before = await state(team)

    change, conflicts = await move(team, team.admin, {one: 1}, REVIEW)

    assert conflicts == []
    assert await state(team) == before
    with pytest.raises(NotFound):
        await take_back(team, team.admin, change)


DO = {
    "assign": lambda tx, change, ids, team: edits.assign(tx, change, ids, team.owner.user_id, team.owner.name),
    "tag": lambda tx, change, ids, team: edits.tag(tx, change, ids, add=["key account", "cobalt"]),
    "untag": lambda tx, change, ids, team: edits.tag(tx, change, ids, remove=["old"]),
    "delete": lambda tx, change, ids, team: edits.delete(tx, change, ids),
    "edit": lambda tx, change, ids, team: edits.edit(
        tx, change, ids[0], {"value": 900, "industry": "Toys", "close_date": utcnow().date(), "headcount_min": None}
    ),
    "move": lambda tx, change, ids, team: moves.move(tx, change, dict.fromkeys(ids, 9), knowing(NEGOTIATING)),
}


@pytest.mark.parametrize("what", DO)
async def test_every_change_is_undone_to_exactly_what_was_there(any_database, team, what):
    ids = await stored(
        team,
        *({"value": n * 100, "tags": ["old"], "industry": "Software", "headcount_min": 20} for n in range(3)),
    )
    async with db.begin(team.id) as tx:
        await icps.save(tx, Icp(industry=("Software",), size_min=10, size_max=90), "Ada")
        await score_again(tx, await undo.locked(tx, ids))
    before, counted = await state(team, *SAME, "fit_at"), await totals(team)
    change = change_by(team.admin, f"lead_{what}", many=what != "edit")
    async with db.begin(team.id) as tx:
        await DO[what](tx, change, ids, team)
        await undo.close(tx, change)
    assert await state(team, *SAME, "fit_at") != before
    assert await totals(team) == await recounted(team)

    taken = await take_back(team, team.admin, change.id)

    assert (taken.restored, taken.kept) == (1 if what == "edit" else 3, [])
    assert await state(team, *SAME, "fit_at") == before
    assert await totals(team) == counted == await recounted(team)
    shown = [(kind, actor) for kind, actor, _, shown in await events(team) if shown and kind != "icp_saved"]
    assert shown == [(change.kind, team.admin.name), ("change_undone", team.admin.name)]
    again = await take_back(team, team.admin, change.id)
    assert (again.restored, again.kept) == (taken.restored, [])
    assert await state(team, *SAME, "fit_at") == before
    assert [kind for kind, _, _, told in await events(team) if told].count("change_undone") == 1


async def test_two_tabs_that_undo_at_once_undo_once(any_database, team):
    ids = await stored(team, *({} for _ in range(5)))
    change, _ = await move(team, team.member, dict.fromkeys(ids, 1), REVIEW)

    both = await asyncio.gather(*(take_back(team, team.member, change) for _ in range(2)))

    assert [taken.restored for taken in both] == [5, 5]
    assert {lead["version"] for lead in await state(team)} == {3}
    assert [kind for kind, *_ in await events(team)].count("change_undone") == 6


async def test_what_others_changed_since_is_kept_and_said(any_database, team):
    ids = await stored(team, *({} for _ in range(4)))
    change, _ = await move(team, team.member, dict.fromkeys(ids, 1), REVIEW)
    await move(team, team.admin, {ids[1]: 2}, NEGOTIATING)
    await move(team, team.admin, {ids[2]: 2}, NEGOTIATING)
    await move(team, team.admin, {ids[2]: 3}, REVIEW)
    gone = change_by(team.admin, edits.DELETED)
    async with db.begin(team.id) as tx:
        await edits.delete(tx, gone, [ids[3]])

    taken = await take_back(team, team.member, change)

    by = team.admin.name
    assert taken.restored == 1
    assert sorted(taken.kept) == [
        f"Lead 1 was moved to Negotiating since, by {by}, and stays there.",
        f"Lead 2 was moved to Review since, by {by}, and stays there.",
        "Lead 3 was deleted since.",
    ]
    assert [(await lead_of(team, one)).sales_stage for one in ids[:3]] == ["none", "negotiating", "reviewing"]


async def test_a_lead_whose_place_was_taken_is_not_brought_back(any_database, team):
    [one] = await stored(team, {"key": "acme.com", "name": "Acme"})
    change = change_by(team.admin, edits.DELETED)
    async with db.begin(team.id) as tx:
        await edits.delete(tx, change, [one])
    await stored(team, {"key": "acme.com"})

    taken = await take_back(team, team.admin, change.id)

    assert taken.restored == 0
    assert "another lead of “acme.com”" in taken.kept[0]
    assert await totals(team) == {"enriched": (1, 0)}


async def test_locks_of_others_stay_when_mine_are_opened(any_database, team):
    [one] = await stored(team, {"locked": ["phone"]})
    mine, theirs = change_by(team.member, edits.EDITED), change_by(team.admin, edits.EDITED)
    async with db.begin(team.id) as tx:
        await edits.edit(tx, mine, one, {"city": "Oslo"})
        await edits.edit(tx, theirs, one, {"address": "Kai 1"})

    await take_back(team, team.member, mine.id)

    lead = await lead_of(team, one)
    assert (lead.city, lead.address, sorted(lead.locked)) == ("", "Kai 1", ["address", "phone"])


@pytest.mark.parametrize("name", ["name_key", "domain", "key", "column", "version", "deleted_at", "owner_id", "nope"])
async def test_what_a_lead_is_told_apart_by_is_no_field_to_edit(database, team, name):
    [one] = await stored(team, {})
    async with db.begin(team.id) as tx:
        with pytest.raises(Refused, match=name):
            await edits.edit(tx, change_by(team.member, edits.EDITED), one, {name: "x"})


async def test_nobody_undoes_for_others_and_nobody_after_a_minute(any_database, team, other_team):
    [one] = await stored(team, {})
    change, _ = await move(team, team.member, {one: 1}, REVIEW)
    for me, where in ((team.admin, team), (other_team.member, other_team)):
        with pytest.raises(NotFound):
            await take_back(where, me, change)
    any_database.clock = lambda: utcnow() + timedelta(seconds=61)

    with pytest.raises(Refused, match="more than a minute ago"):
        await take_back(team, team.member, change)
    async with db.read(team.id) as tx:
        with pytest.raises(Refused, match="nothing to undo"):
            await undo.latest(tx, team.member.user_id)


async def test_changes_are_undone_from_the_last_one_backwards(any_database, team):
    [one] = await stored(team, {})
    at = utcnow()
    for n, to in enumerate((REVIEW, NEGOTIATING, SalesStage.DISQUALIFIED), start=1):
        any_database.clock = lambda n=n: at + timedelta(seconds=n)
        await move(team, team.member, {one: n}, to)
    passed = []
    for _ in range(3):
        async with db.read(team.id) as tx:
            last = await undo.latest(tx, team.member.user_id)
        await take_back(team, team.member, last.id)
        passed.append((await lead_of(team, one)).sales_stage)
    assert passed == ["negotiating", "reviewing", "none"]


async def test_the_sales_window_goes_by_value_then_by_name_and_ends_with_what_has_none(any_database, team):
    values = [None, 300, 70_000, 300, 0]
    await stored(team, *({"value": value, "column": "review", "name": f"N{9 - n}"} for n, value in enumerate(values)))
    async with db.read(team.id) as tx:
        column = column_of("enriched", "reviewing")
        rows = (await board.windows(tx, {column: 10}, sort=Sort.VALUE))[column]
        two = (await board.windows(tx, {column: 2}, sort=Sort.VALUE))[column]
    assert [(row.value, row.name) for row in rows] == [
        (70_000, "N7"),
        (300, "N6"),
        (300, "N8"),
        (0, "N5"),
        (None, "N9"),
    ]
    assert two == rows[:2]


STEP = st.one_of(
    st.tuples(st.just("move"), st.sets(st.integers(0, 3), min_size=1), st.sampled_from(SalesStage), st.integers(0, 1)),
    st.tuples(st.just("undo"), st.integers(0, 9), st.none(), st.none()),
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEP, max_size=12))
async def test_any_sequence_of_moves_and_undos_ends_as_a_model_says(any_database, steps):
    team = await make_team(f"w{uuid4().hex}")
    ids = await stored(team, *({"value": n * 10} for n in range(4)))
    places, owners = ["none"] * 4, [0] * 4
    done: list[tuple[UUID, Principal, int, dict[int, tuple[str, int]], str]] = []
    for number, (what, which, to, person) in enumerate(steps, start=1):
        if what == "move":
            me = (team.owner, team.member)[person]
            seen = {ids[n]: (await lead_of(team, ids[n])).version for n in which}
            change, conflicts = await move(team, me, seen, to)
            assert conflicts == []
            was = {n: (places[n], owners[n]) for n in which if places[n] != to}
            for n in was:
                places[n], owners[n] = to.value, number
            if was:
                done.append((change, me, number, was, to.value))
        elif which < len(done):
            change, me, mark, was, _ = done.pop(which)
            taken = await take_back(team, me, change)
            back = [n for n in was if owners[n] == mark]
            assert (taken.restored, len(taken.kept)) == (len(back), len(was) - len(back))
            for n in back:
                places[n], owners[n] = was[n]
        assert [lead["sales_stage"] for lead in await state(team)] == places
        assert await totals(team) == await recounted(team)
