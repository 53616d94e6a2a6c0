"""What people do with several leads at once. Which ones is kept by the browser and sent with each action."""

from collections.abc import Mapping
from dataclasses import dataclass

import reflex as rx

from leadboard.actions import moves, people, runs
from leadboard.actions.moves import Changed
from leadboard.domain.rights import Right
from leadboard.errors import NotFound
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
    """How often something was done with a selection: select.js then lets go of it."""
    mates: rx.Field[list[Mate]] = rx.field(default_factory=list)

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
        told = f"Enriching {words.counted(asked.requested, 'lead')}" if asked.requested else "All of them are in work"
        (await self.get_state(Frame))._toast(said(told))
        self.acted += 1

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
        await self._done(await moves.tag(await self._me(), self._slug, list(picked(cards)), tags))

    @rx.event
    @needs(Right.DELETE)
    async def delete_selected(self, cards: str) -> None:
        """Delete the leads."""
        await self._done(await moves.delete(await self._me(), self._slug, list(picked(cards))))

    async def _done(self, done: Changed) -> None:
        """Say what was done, with the way back, and what was left alone because others moved it meanwhile."""
        self.acted += 1
        frame = await self.get_state(Frame)
        if done.conflicts:
            many = words.counted(len(done.conflicts), "lead")
            frame._toast(said(f"{many} moved by others meanwhile: left where they put it", kind="error"))
        if done.leads:
            frame._offer(*changed(done.what, done.change))
        elif not done.conflicts:
            frame._toast(said("Nothing to change: all of them are like that already"))


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
