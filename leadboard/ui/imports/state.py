"""What a person does on the import pages; what they show is filled by the live view."""

from urllib.parse import urlsplit

import reflex as rx

from leadboard.actions import imports
from leadboard.domain.importing import MatchBy, OnMatch, Outcome, upload_sentence
from leadboard.domain.rights import Right
from leadboard.errors import Refused
from leadboard.ui.display import Progress
from leadboard.ui.frame import Frame, said
from leadboard.ui.guard import id_in, needs
from leadboard.ui.imports.display import FileFacts, ImportRow, MappedColumn, MatchChoice, RowOutcome, Tile
from leadboard.ui.imports.view import EVERY, KEPT, ImportsView, ImportView
from leadboard.ui.viewer import Viewer


class ImportState(Viewer, rx.State):
    """The list of imports, or one of them."""

    step: rx.Field[str] = rx.field("")
    refusal: rx.Field[str] = rx.field("")
    error: rx.Field[str] = rx.field("")
    earlier: rx.Field[list[ImportRow]] = rx.field(default_factory=list)

    facts: rx.Field[FileFacts] = rx.field(default_factory=FileFacts)
    columns: rx.Field[list[MappedColumn]] = rx.field(default_factory=list)
    header: rx.Field[list[str]] = rx.field(default_factory=list)
    sample: rx.Field[list[list[str]]] = rx.field(default_factory=list)
    match_by: rx.Field[list[MatchChoice]] = rx.field(default_factory=list)
    on_match: rx.Field[str] = rx.field("")
    problem: rx.Field[str] = rx.field("")

    status: rx.Field[str] = rx.field("")
    headline: rx.Field[str] = rx.field("")
    work: rx.Field[Progress] = rx.field(default_factory=Progress)
    working: rx.Field[bool] = rx.field(False)
    stoppable: rx.Field[bool] = rx.field(False)
    revertible: rx.Field[bool] = rx.field(False)
    failed_href: rx.Field[str] = rx.field("")
    tiles: rx.Field[list[Tile]] = rx.field(default_factory=list)
    sum: rx.Field[str] = rx.field("")
    said: rx.Field[str] = rx.field("")
    rows: rx.Field[list[RowOutcome]] = rx.field(default_factory=list)
    shown: rx.Field[str] = rx.field("")
    following: rx.Field[int] = rx.field(0)
    filter: rx.Field[str] = rx.field(EVERY)
    page_number: rx.Field[int] = rx.field(0)

    @rx.event
    @needs(Right.READ)
    async def look(self) -> None:
        """Look at the import in the address, or at all of them."""
        here = await self._here()
        self.error = upload_sentence(self.router.url.query_parameters.get("error", ""))
        if self._job:
            await self._watch(ImportView(here.workspace.id, here.workspace.slug, id_in(self._job, "import")))
        else:
            await self._watch(ImportsView(here.workspace.id, here.workspace.slug))

    @rx.event
    @needs(Right.EDIT)
    async def map_column(self, column: int, field: str) -> None:
        """Say what a column becomes."""
        at = int(column) if str(column).isdecimal() else -1
        await imports.map_column(await self._me(), self._slug, self._job, at, str(field))

    @rx.event
    @needs(Right.EDIT)
    async def toggle_match(self, word: str) -> None:
        """Compare by this as well, after the others, or no longer."""
        me = await self._me()
        chosen = list((await imports.job(me, self._slug, self._job)).match_by)
        by = _match_by(word).value
        changed = [each for each in chosen if each != by] if by in chosen else [*chosen, by]
        await imports.choose(me, self._slug, self._job, match_by=changed)

    @rx.event
    @needs(Right.EDIT)
    async def choose_on_match(self, how: str) -> None:
        """Say what a row does to a lead that is here already."""
        known = str(how) if str(how) in tuple(OnMatch) else ""
        await imports.choose(await self._me(), self._slug, self._job, on_match=known)

    @rx.event
    @needs(Right.EDIT)
    async def start(self) -> None:
        """Import the file."""
        await imports.start(await self._me(), self._slug, self._job)

    @rx.event
    @needs(Right.EDIT)
    async def cancel(self) -> None:
        """Read no further."""
        await imports.cancel(await self._me(), self._slug, self._job)
        (await self.get_state(Frame))._toast(said("The import stops after the rows it is at"))

    @rx.event
    @needs(Right.EDIT)
    async def revert(self) -> None:
        """Take the import back."""
        await imports.revert(await self._me(), self._slug, self._job)

    @rx.event
    @needs(Right.READ)
    async def show(self, outcome: str) -> None:
        """Show the rows of one outcome."""
        await self._show(str(outcome) if str(outcome) in (*Outcome, KEPT) else EVERY)

    @rx.event
    @needs(Right.READ)
    async def show_more(self, outcome: str, after: int, page: int) -> None:
        """Show the rows behind row `after`."""
        where, number = (int(value) if str(value).isdecimal() else 0 for value in (after, page))
        await self._show(str(outcome) if str(outcome) in (*Outcome, KEPT) else EVERY, where, number)

    async def _show(self, outcome: str, after: int = 0, page: int = 0) -> None:
        here = await self._here()
        job = id_in(self._job, "import")
        await self._watch(ImportView(here.workspace.id, here.workspace.slug, job, outcome, after, page))

    @property
    def _job(self) -> str:
        """The import in the address; empty on the list."""
        parts = urlsplit(str(self.router.url)).path.strip("/").split("/")
        return parts[3] if len(parts) > 3 else ""


ImportView.state = ImportsView.state = ImportState


def _match_by(word: object) -> MatchBy:
    try:
        return MatchBy(str(word))
    except ValueError:
        raise Refused("Rows are matched by domain, name or email.", field="match_by") from None
