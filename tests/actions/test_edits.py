"""Facts set by hand and notes: what they do to the lead, its score and its log, what is refused, and how they end."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import col, select

from leadboard.actions import edits, moves
from leadboard.actions.edits import EditedSince
from leadboard.domain.icp import Icp
from leadboard.domain.importing import OnMatch, changes
from leadboard.errors import NotFound, Refused
from leadboard.store import board, db, icps, notes
from leadboard.store import edits as stored
from leadboard.store.import_rows import score_again
from leadboard.store.tables import Claim, Event, Lead, Note, utcnow
from tests.conftest import Team

pytestmark = pytest.mark.usefixtures("database")


async def make(team: Team, **values: Any) -> str:
    given = {"key": "halden.example", "name": "Halden Instruments", "name_key": "halden instruments"} | values
    async with db.begin(team.id) as tx:
        row = Lead(workspace_id=team.id, **given)
        tx.add(row)
    return str(row.id)


async def lead_of(team: Team, lead_id: str) -> Lead:
    async with db.read(team.id) as tx:
        return await tx.find(Lead, lead_id)


async def events(team: Team) -> list[Event]:
    async with db.read(team.id) as tx:
        return list((await tx.exec(select(Event).where(col(Event.lead_id).is_not(None)).order_by(col(Event.n)))).all())


async def set_fact(team: Team, lead: str, key: str, text: str, seen: str = "", me: Any = None) -> moves.Changed:
    return await edits.set_fact(me or team.member, team.slug, lead, key, text, seen)


async def test_a_fact_set_by_hand_is_locked_told_once_and_scored_at_once(team):
    async with db.begin(team.id) as tx:
        await icps.save(tx, Icp(industry=("Laboratory",), size_min=10, size_max=60), "Ada")
    lead = await make(team)
    async with db.begin(team.id) as tx:
        await score_again(tx, [await tx.find(Lead, lead)])
    before = await lead_of(team, lead)

    done = await set_fact(team, lead, "headcount", "11-50")

    after = await lead_of(team, lead)
    assert done.what == "Changed the employees of Halden Instruments"
    assert (after.headcount_min, after.headcount_max) == (11, 50)
    assert after.locked == ["headcount_min", "headcount_max"]
    assert (after.version, after.fit_score > before.fit_score) == (before.version + 1, True)
    assert "inside" in str(after.fit_receipt)
    assert [(e.kind, e.actor, e.data["fact"], e.data["was"], e.data["to"]) for e in await events(team)] == [
        ("lead_edited", team.member.name, "headcount", "", "11–50")
    ]

    await moves.undo_last(team.member, team.slug)

    back = await lead_of(team, lead)
    assert (back.headcount_min, back.headcount_max, back.locked) == (None, None, [])
    assert (back.fit_score, back.fit_receipt) == (before.fit_score, before.fit_receipt)
    assert [e.kind for e in await events(team)] == ["lead_edited", "change_undone"]


async def test_what_a_person_set_no_import_changes_until_it_is_unlocked(team):
    lead = await make(team, city="Moss")
    await set_fact(team, lead, "city", "Halden", "Moss")

    async def imported() -> dict[str, Any]:
        row = await lead_of(team, lead)
        return changes(vars(row), {"city": "Oslo"}, OnMatch.OVERWRITE, row.locked)

    assert await imported() == {}
    unlocked = await edits.unlock_fact(team.member, team.slug, lead, "city")
    assert unlocked.what == "Unlocked the city of Halden Instruments"
    assert await imported() == {"city": "Oslo"}
    await moves.undo_change(team.member, team.slug, unlocked.change)
    assert await imported() == {}
    assert await edits.unlock_fact(team.member, team.slug, lead, "phone") == moves.Changed()


async def test_two_people_at_one_fact_are_told_of_each_other(team):
    lead = await make(team, industry="Toys")
    await set_fact(team, lead, "industry", "Labs", "Toys", team.admin)

    with pytest.raises(EditedSince, match="Admin North changed this to “Labs” in the meantime") as told:
        await set_fact(team, lead, "industry", "Optics", "Toys")
    assert (told.value.field, told.value.now, (await lead_of(team, lead)).industry) == ("industry", "Labs", "Labs")

    await set_fact(team, lead, "industry", "Optics", told.value.now)
    assert (await lead_of(team, lead)).industry == "Optics"
    assert await set_fact(team, lead, "industry", "Optics", "Toys", team.admin) == moves.Changed(), "they agree"


async def test_a_change_by_a_machine_is_told_as_one(team):
    lead = await make(team, industry="Toys")
    with pytest.raises(EditedSince, match="A machine changed this to “Toys”"):
        await set_fact(team, lead, "industry", "Labs", "")


async def test_a_fact_that_says_the_same_is_no_change(team):
    lead = await make(team, country="NO")
    assert await set_fact(team, lead, "country", "norway", "Norway") == moves.Changed()
    assert (await events(team), (await lead_of(team, lead)).locked) == ([], [])


async def test_another_name_or_website_is_another_identity_and_undo_gives_the_old_one_back(team):
    lead = await make(team, key="halden.example", domain="halden.example", website="https://halden.example")
    website = await set_fact(team, lead, "website", "www.halden-optics.no/om", "https://halden.example")
    row = await lead_of(team, lead)
    assert (row.key, row.domain, row.website, row.locked) == (
        "halden-optics.no",
        "halden-optics.no",
        "https://www.halden-optics.no/om",
        ["website"],
    )
    await set_fact(team, lead, "name", "Halden Optics AS", "Halden Instruments")
    assert (await lead_of(team, lead)).key == "halden-optics.no"

    await moves.undo_change(team.member, team.slug, website.change)

    row = await lead_of(team, lead)
    assert (row.key, row.domain, row.website) == ("halden.example", "halden.example", "https://halden.example")
    assert (row.name, row.locked) == ("Halden Optics AS", ["name"])
    await set_fact(team, lead, "website", "", "https://halden.example")
    assert (await lead_of(team, lead)).key == "halden optics as"


async def test_a_name_or_website_of_another_lead_is_refused(team):
    await make(team, key="acme.com", name="Acme", domain="acme.com")
    lead = await make(team)
    with pytest.raises(Refused, match=r"“acme\.com” is Acme already") as refused:
        await set_fact(team, lead, "website", "acme.com")
    assert refused.value.field == "website"


async def test_an_old_identity_that_is_taken_meanwhile_is_not_given_back(team):
    lead = await make(team, domain="halden.example", website="https://halden.example")
    changed = await set_fact(team, lead, "website", "halden-optics.no", "https://halden.example")
    await make(team, name="Another", domain="halden.example")

    undone = await moves.undo_change(team.member, team.slug, changed.change)

    assert (undone.restored, undone.kept) == (
        0,
        ("Halden Instruments stays as it is: another lead of “halden.example” was added since.",),
    )


async def test_who_set_a_fact_is_known_until_it_is_taken_back_or_unlocked(team):
    lead = await make(team)

    async def setters() -> dict[str, str]:
        async with db.read(team.id) as tx:
            return {fact: setter.by for fact, setter in (await stored.setters(tx, UUID(lead))).items()}

    await set_fact(team, lead, "city", "Moss", me=team.admin)
    again = await set_fact(team, lead, "city", "Oslo", "Moss")
    await set_fact(team, lead, "phone", "+47 22 12 34 56")
    assert await setters() == {"city": "Member North", "phone": "Member North"}
    await moves.undo_change(team.member, team.slug, again.change)
    await edits.unlock_fact(team.admin, team.slug, lead, "phone")
    assert await setters() == {"city": "Admin North"}


async def test_a_value_follows_into_the_total_of_its_column(team):
    lead = await make(team, value=100)
    await set_fact(team, lead, "value", "48k", "1")
    async with db.read(team.id) as tx:
        assert (await board.totals(tx))["harvested"] == (1, 4_800_000)


async def say(team: Team, lead: str, field: str, value: str, source: str = "https://halden.example/team") -> None:
    async with db.begin(team.id) as tx:
        tx.add(
            Claim(
                workspace_id=team.id,
                lead_id=UUID(lead),
                field=field,
                value=value,
                source=source,
                method="text",
                confidence=0.8,
            )
        )


async def test_a_value_of_a_source_is_chosen_locked_told_with_its_source_and_taken_back(team):
    lead = await make(team, headcount_min=96, headcount_max=96)
    await say(team, lead, "headcount", "118")

    chosen = await edits.choose(team.member, team.slug, lead, "headcount", "118", "96")

    row = await lead_of(team, lead)
    assert (row.headcount_min, row.headcount_max) == (118, 118)
    assert row.locked == ["headcount_min", "headcount_max"]
    assert chosen.what == "Chose the employees of Halden Instruments"
    (event,) = await events(team)
    told = {"fact": "headcount", "was": "96", "to": "118", "source": "https://halden.example/team"}
    assert event.data == told | {"undo": chosen.change}
    await moves.undo_change(team.member, team.slug, chosen.change)
    row = await lead_of(team, lead)
    assert (row.headcount_min, row.locked) == (96, [])


async def test_choosing_what_the_lead_says_already_locks_it_once(team):
    lead = await make(team, country="NO")
    await say(team, lead, "country", "Norway")

    chosen = await edits.choose(team.member, team.slug, lead, "country", "Norway", "Norway")

    assert ((await lead_of(team, lead)).country, (await lead_of(team, lead)).locked) == ("NO", ["country"])
    assert await edits.choose(team.member, team.slug, lead, "country", "Norway", "Norway") == moves.Changed()
    await moves.undo_change(team.member, team.slug, chosen.change)
    assert (await lead_of(team, lead)).locked == []


async def test_only_what_a_source_says_of_this_fact_is_chosen_and_only_over_what_was_seen(team, other_team):
    lead, elsewhere = await make(team, city="Moss"), await make(team, key="other.example", name="Other")
    await say(team, lead, "city", "Halden")
    await say(team, elsewhere, "city", "Oslo")
    for key, value in (("city", "Oslo"), ("city", ""), ("industry", "Halden")):
        with pytest.raises(Refused, match="No source says this any more") as refused:
            await edits.choose(team.member, team.slug, lead, key, value, "Moss")
        assert refused.value.field == key
    await set_fact(team, lead, "city", "Bergen", "Moss", team.admin)
    with pytest.raises(EditedSince, match=r"to “Bergen” in the meantime\. Choose again"):
        await edits.choose(team.member, team.slug, lead, "city", "Halden", "Moss")
    assert (await lead_of(team, lead)).city == "Bergen"


ACTS = {
    "choose": lambda me, slug, lead, note: edits.choose(me, slug, lead, "city", "Oslo", ""),
    "set": lambda me, slug, lead, note: edits.set_fact(me, slug, lead, "city", "Oslo", ""),
    "unlock": lambda me, slug, lead, note: edits.unlock_fact(me, slug, lead, "city"),
    "write": lambda me, slug, lead, note: edits.add_note(me, slug, lead, "Hello"),
    "delete": lambda me, slug, lead, note: edits.delete_note(me, slug, note),
}


@pytest.mark.parametrize("act", ACTS)
async def test_viewers_read_only_and_nobody_reaches_another_workspace(team, other_team, act):
    lead = await make(team)
    await say(team, lead, "city", "Oslo")
    await edits.add_note(team.member, team.slug, lead, "Ours")
    (note,) = await notes_of(team, lead)

    with pytest.raises(Refused) as refused:
        await ACTS[act](team.viewer, team.slug, lead, str(note.id))
    assert refused.value.status == 403
    for me, slug in ((other_team.member, team.slug), (other_team.member, other_team.slug)):
        with pytest.raises(NotFound):
            await ACTS[act](me, slug, lead, str(note.id))
    for bad in ("x", "", str(uuid4())):
        with pytest.raises(NotFound):
            await ACTS[act](team.member, team.slug, bad, bad)


async def notes_of(team: Team, lead: str) -> list[Note]:
    async with db.read(team.id) as tx:
        return list(await notes.of(tx, await tx.find(Lead, lead)))


async def test_notes_are_kept_newest_first_with_who_and_when(team, database):
    lead = await make(team)
    at = utcnow()
    for n, (me, text) in enumerate(((team.member, " First\n\nline "), (team.admin, "<b>Second</b>"))):
        database.clock = lambda n=n: at + timedelta(seconds=n)
        await edits.add_note(me, team.slug, lead, text)

    assert [(note.by, note.text, note.created_at) for note in await notes_of(team, lead)] == [
        (team.admin.name, "<b>Second</b>", at + timedelta(seconds=1)),
        (team.member.name, "First\n\nline", at),
    ]
    assert [e.kind for e in await events(team)] == ["note_added", "note_added"]


async def test_only_its_author_deletes_a_note_and_undo_brings_it_back(team):
    lead = await make(team)
    await edits.add_note(team.member, team.slug, lead, "Call in May")
    (note,) = await notes_of(team, lead)
    with pytest.raises(Refused, match="Member North wrote this note, and only they can delete it"):
        await edits.delete_note(team.owner, team.slug, str(note.id))

    deleted = await edits.delete_note(team.member, team.slug, str(note.id))

    assert deleted.what == "Deleted a note about Halden Instruments"
    assert await notes_of(team, lead) == []
    with pytest.raises(NotFound):
        await edits.delete_note(team.member, team.slug, str(note.id))
    assert (await moves.undo_last(team.member, team.slug)).restored == 1
    assert [each.text for each in await notes_of(team, lead)] == ["Call in May"]
    assert (await moves.undo_change(team.member, team.slug, deleted.change)).restored == 1
    assert [e.kind for e in await events(team)] == ["note_added", "note_deleted", "change_undone"]
