"""Notes and facts by hand in both databases: what belongs to a lead, what an undo gives back, and what it cannot."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest

from leadboard.domain.rights import Principal
from leadboard.errors import NotFound, Refused
from leadboard.store import db, edits, notes, undo
from leadboard.store.tables import Lead, Note, Undo
from leadboard.store.undo import Change
from tests.conftest import Team

pytestmark = pytest.mark.usefixtures("any_database")


async def lead(team: Team, **values: Any) -> UUID:
    async with db.begin(team.id) as tx:
        row = Lead(workspace_id=team.id, **{"key": "acme.com", "name": "Acme", "domain": "acme.com"} | values)
        tx.add(row)
    return row.id


async def read(team: Team, lead_id: UUID) -> Lead:
    async with db.read(team.id) as tx:
        return await tx.find(Lead, lead_id)


async def texts(team: Team, lead_id: UUID) -> list[str]:
    async with db.read(team.id) as tx:
        return [note.text for note in await notes.of(tx, await tx.find(Lead, lead_id))]


async def write(team: Team, lead_id: UUID, text: str) -> Note:
    async with db.begin(team.id) as tx:
        return await notes.add(tx, change_by(team.member, notes.ADDED), lead_id, text)


def change_by(me: Principal, kind: str) -> Change:
    return Change(me.user_id, me.name, kind, "Changed")


async def edit(team: Team, lead_id: UUID, values: Mapping[str, Any]) -> Change:
    change = change_by(team.member, edits.EDITED)
    async with db.begin(team.id) as tx:
        await edits.edit(tx, change, lead_id, values)
    return change


async def take_back(team: Team, change: Change) -> Undo:
    async with db.begin(team.id) as tx:
        found = await undo.find(tx, change.user_id, change.id)
        await undo.take_back(tx, found, change.by, 25)
    return found


async def test_a_deleted_note_comes_back_once_and_stays(team):
    one, other = await lead(team), await lead(team, key="other")
    note = await write(team, one, "Call in May\n“soon”")
    await write(team, other, "Elsewhere")
    change = change_by(team.member, notes.DELETED)
    async with db.begin(team.id) as tx:
        await notes.delete(tx, change, note.id)
    assert (await texts(team, one), await texts(team, other)) == ([], ["Elsewhere"])

    for _ in range(2):
        assert (await take_back(team, change)).restored == 1
        assert await texts(team, one) == ["Call in May\n“soon”"]


async def test_nobody_deletes_the_note_of_another_or_of_another_workspace(team, other_team):
    note = await write(team, await lead(team), "Ours")
    async with db.begin(team.id) as tx:
        with pytest.raises(Refused, match="only they can delete it"):
            await notes.delete(tx, change_by(team.owner, notes.DELETED), note.id)
    async with db.begin(other_team.id) as tx:
        with pytest.raises(NotFound):
            await notes.delete(tx, change_by(team.member, notes.DELETED), note.id)


async def test_no_note_is_written_about_a_deleted_or_foreign_lead(team, other_team):
    gone, theirs = await lead(team), await lead(other_team)
    async with db.begin(team.id) as tx:
        await edits.delete(tx, change_by(team.owner, edits.DELETED), [gone])
    for each in (gone, theirs):
        with pytest.raises(NotFound):
            await write(team, each, "To nobody")


async def test_a_website_and_a_name_make_the_key_and_an_undo_the_old_one(team):
    one = await lead(team)
    website = await edit(team, one, {"website": "https://www.acme.co.uk/team"})
    renamed = await read(team, one)
    assert (renamed.key, renamed.domain, renamed.locked) == ("acme.co.uk", "acme.co.uk", ["website"])

    await take_back(team, website)
    back = await read(team, one)
    assert (back.key, back.domain, back.website, back.locked) == ("acme.com", "acme.com", "", [])

    await edit(team, one, {"website": ""})
    assert (await read(team, one)).key == "acme.com", "it had none already"
    await edit(team, one, {"website": "https://acme.com"})
    await edit(team, one, {"website": "", "name": "Acme Holding Ltd"})
    assert (await read(team, one)).key == "acme holding"


async def test_the_key_of_another_lead_is_neither_taken_nor_given_back(team):
    one = await lead(team)
    change = await edit(team, one, {"website": "https://acme.net"})
    await lead(team, name="The new Acme")

    with pytest.raises(Refused, match="The new Acme already"):
        await edit(team, one, {"website": "https://acme.com"})
    undone = await take_back(team, change)
    assert (undone.restored, undone.kept) == (
        0,
        ["Acme stays as it is: another lead of “acme.com” was added since."],
    )


async def test_an_unlocked_field_is_locked_again_by_undo_unless_somebody_did(team):
    one = await lead(team, locked=["city", "phone"])
    change = change_by(team.member, edits.EDITED)
    async with db.begin(team.id) as tx:
        await edits.unlock(tx, change, one, ("city", "state"))
    assert (await read(team, one)).locked == ["phone"]
    await edit(team, one, {"city": "Oslo"})

    await take_back(team, change)
    assert sorted((await read(team, one)).locked) == ["city", "phone"]
