"""Two people at one card in the same second: one wins, the other is told, and every board shows what is stored."""

import asyncio
import random
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from leadboard.actions import moves
from leadboard.domain.filters import LeadFilter
from leadboard.domain.rights import Principal
from leadboard.domain.stage_needs import Answers
from leadboard.domain.stages import COLUMN_TITLES, SALES_COLUMNS
from leadboard.store import db
from leadboard.store.moves import MovedSince
from leadboard.store.tables import Lead
from leadboard.ui.display import Column
from leadboard.ui.sales.view import SalesView
from tests.conftest import Team

TIMES, LOOK_EVERY = 100, 9
ANSWERS = Answers(lost_reason="no_budget", meeting_at="2026-11-24T10:00")
"""For the stages that ask."""


async def one_lead(team: Team) -> UUID:
    async with db.begin(team.id) as tx:
        lead = Lead(
            workspace_id=team.id, key="acme.com", name="Acme", stage="enriched", status="enriched", column="enriched"
        )
        tx.add(lead)
    return lead.id


async def shown(view: SalesView) -> Mapping[str, list[tuple[str, int]]]:
    """Column -> the cards that somebody who looks now sees, each with its version."""
    values: dict[str, Any] = await view.read(view.parts())
    columns = [value for value in values.values() if isinstance(value, Column)]
    return {column.key: [(card.name, card.version) for card in column.cards] for column in columns if column.cards}


async def try_move(me: Principal, team: Team, lead: UUID, version: int, column: str) -> MovedSince | None:
    try:
        await moves.move(me, team.slug, str(lead), version, column, ANSWERS)
    except MovedSince as told:
        return told
    return None


async def test_a_hundred_times_one_wins_the_other_is_told_and_both_boards_are_equal(any_database, team):
    lead = await one_lead(team)
    hers = SalesView(team.id, team.slug, "EUR")
    his = SalesView(team.id, team.slug, "EUR", filter=LeadFilter(q="acme"))
    dice, version, column = random.Random(7), 1, "enriched"
    for time in range(TIMES):
        people = dice.sample([team.owner, team.admin, team.member], 2)
        targets = dice.sample([each.value for each in SALES_COLUMNS if each != column], 2)

        answers = await asyncio.gather(
            *(try_move(me, team, lead, version, to) for me, to in zip(people, targets, strict=True))
        )

        [winner] = [n for n, told in enumerate(answers) if told is None]
        told = answers[1 - winner]
        version, column = version + 1, targets[winner]
        assert told is not None
        assert (told.by, told.column, told.version) == (people[winner].name, column, version)
        assert COLUMN_TITLES[column] in told.sentence
        if time % LOOK_EVERY == 0:
            assert await shown(hers) == await shown(his) == {column: [("Acme", version)]}
