"""What people do with several leads at once. Which ones is kept by the browser and sent with each action."""

from collections.abc import Mapping
from dataclasses import dataclass

import reflex as rx

from leadboard.actions import moves, people, runs
from leadboard.actions.moves import Changed
from leadboard.domain.rights import Right
from leadboard.errors import NotFound, Refused
from leadboard.ui import words
from leadboard.ui.display import Person
from leadboard.ui.frame import Frame, changed, said
from leadboard.ui.guard import needs
from leadboard.ui.viewer import Viewer


@dataclass(frozen=True)
class Mate:
    """Somebody whom leads can be given to."""

    id: str
    who: Person


class Selecting(Viewer, rx.State, mixin=True):
    """Mixed into the states of both boards. `cards` is a line for each lead, its id and the version its card shows."""

    acted: rx.Field[int] = rx.field(0)
    """How often something was done with a selection: select.js then lets go of it. It stays when nothing was."""
    mates: rx.Field[list[Mate]] = rx.field(default_factory=list)
    tags_error: rx.Field[str] = rx.field("")
    """What is wrong with the tags that were typed; it stands below them."""

    @rx.event
    @needs(Right.READ)
    async def read_mates(self, is_open: bool) -> None:
        """Read whom leads can be given to, for who is about to choose."""
        if is_open:
            everyone = await people.members(await self._me(), self._slug)
            self.mates = [Mate(str(each.user_id), words.person(each.name)) for each in everyone]

    @rx.event
    @needs(Right.SPEND)
    async def enrich_selected(self, cards: str) -> None:
        """Enrich the leads."""
        asked = await runs.enrich(await self._me(), self._slug, list(picked(cards)))
        if asked.requested:
            await self._acted(f"Enriching {words.counted(asked.requested, 'lead')}")
        else:
            await self._unchanged("All of them are in work")

    @rx.event
    @needs(Right.EDIT)
    async def assign_selected(self, cards: str, user_id: str) -> None:
        """Make a member the owner of the leads; an empty id is nobody."""
        await self._done(await moves.assign(await self._me(), self._slug, list(picked(cards)), user_id or None))

    @rx.event
    @needs(Right.EDIT)
    async def tag_selected(self, form: dict[str, str], cards: str) -> None:
        """Put the tags of the form, between commas, on the leads."""
        tags = form.get("tags", "").split(",")
        try:
            done = await moves.tag(await self._me(), self._slug, list(picked(cards)), tags)
        except Refused as refused:
            if refused.field != "tags":
                raise
            self.tags_error = refused.sentence
        else:
            self.tags_error = ""
            await self._done(done)

    @rx.event
    @needs(Right.READ)
    def forget_tags_error(self, is_open: bool) -> None:
        """Begin without the last try's error."""
        self.tags_error = ""

    @rx.event
    @needs(Right.DELETE)
    async def delete_selected(self, cards: str) -> None:
        """Delete the leads."""
        await self._done(await moves.delete(await self._me(), self._slug, list(picked(cards))))

    async def _done(self, done: Changed) -> None:
        """Say what was done, with the way back, and what was left alone because others moved it meanwhile."""
        frame = await self.get_state(Frame)
        if done.leads or done.conflicts:
            self.acted += 1
        if done.conflicts:
            many = words.counted(len(done.conflicts), "lead")
            frame._toast(said(f"{many} moved by others meanwhile: left where they put it", kind="error"))
        if done.leads:
            frame._offer(*changed(done.what, done.change))
        elif not done.conflicts:
            frame._toast(said("Nothing to change: all of them are like that already", kind="info"))

    async def _acted(self, told: str) -> None:
        """Say what began; the selection has done its work."""
        self.acted += 1
        (await self.get_state(Frame))._toast(said(told))

    async def _unchanged(self, told: str) -> None:
        """Say why nothing was done; the selection stays for another try."""
        (await self.get_state(Frame))._toast(said(told, kind="info"))


def picked(cards: str) -> Mapping[str, int]:
    """Lead id -> the version its card shows, as select.js packs them; `NotFound` for what it never would send."""
    found: dict[str, int] = {}
    for line in cards.splitlines():
        lead_id, _, version = line.partition(" ")
        if not (version.isascii() and version.isdecimal() and len(version) < 16):
            raise NotFound("lead")
        found[lead_id] = int(version)
    if not found:
        raise NotFound("lead")
    return found
