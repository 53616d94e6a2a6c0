"""What a tab's board is narrowed to and sorted by. The address alone says it: every change is a way to another
address."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

import reflex as rx

from leadboard.actions.access import looking
from leadboard.domain import filters, sorting
from leadboard.domain.filters import ALL, LONGEST_TEXT, LeadFilter
from leadboard.domain.rights import Right
from leadboard.domain.sorting import SORT_WORDS, Sort, with_sort
from leadboard.errors import Refused
from leadboard.store import board
from leadboard.ui import words
from leadboard.ui.display import Filter, FilterEnds, FilterGroup
from leadboard.ui.filters import options
from leadboard.ui.guard import needs, path_of
from leadboard.ui.viewer import Viewer


class Filtering(Viewer, rx.State, mixin=True):
    """Mixed into the states of both boards. `_board` is the path of its board, `_columns` are its columns."""

    query: rx.Field[str] = rx.field("")
    """The filter as the query of an address, with its question mark; empty without one."""
    q: rx.Field[str] = rx.field("")
    chips: rx.Field[list[Filter]] = rx.field(default_factory=list)
    left_out: rx.Field[list[str]] = rx.field(default_factory=list)
    """Why parts of the address are not in the filter, a sentence each."""
    matching: rx.Field[int] = rx.field(-1)
    """Filled by the live view of a filtered board."""
    sort: rx.Field[str] = rx.field("")
    """A `Sort`, also when the address names none."""
    sorted_by: rx.Field[str] = rx.field("")
    """The same in words."""

    offered: rx.Field[int] = rx.field(0)
    """How often there was something to choose from: fields start anew."""
    choices: rx.Field[list[FilterGroup]] = rx.field(default_factory=list)
    ends: rx.Field[FilterEnds] = rx.field(default_factory=FilterEnds)

    _board: str = ""
    _columns: Sequence[str] = ()
    _filter: LeadFilter = ALL

    @rx.event
    @needs(Right.READ)
    async def search(self, form: dict[str, str]) -> rx.event.EventSpec | None:
        """Show leads with this text; each letter replaces the address before it."""
        text = " ".join(form.get("q", "").split())[:LONGEST_TEXT]
        return self._go(replace(self._asked.filter, q=text).query, replace=True)

    @rx.event
    @needs(Right.READ)
    async def choose(self, form: dict[str, str]) -> rx.event.EventSpec | None:
        """Show what the form of all filters asks for; what cannot be meant is said by the page it leads to."""
        said = options.asked(form, self._asked.filter)
        asked = filters.read(said)
        return self._go(f"?{said}" if asked.left_out else asked.filter.query)

    @rx.event
    @needs(Right.READ)
    async def unfilter(self, key: str) -> rx.event.EventSpec | None:
        """Take one filter off."""
        return self._go(self._asked.filter.without(key).query)

    @rx.event
    @needs(Right.READ)
    async def clear_filters(self) -> rx.event.EventSpec | None:
        """Take every filter off."""
        return self._go("")

    @rx.event
    @needs(Right.READ)
    async def sort_by(self, sort: str) -> rx.event.EventSpec | None:
        """Put the cards of every column in another order."""
        if sort not in tuple(Sort):
            raise Refused("There is no such order of cards.", code="not_found", status=404)
        return self._to(self._asked.filter.query, Sort(sort))

    @rx.event
    @needs(Right.READ)
    async def offer(self, is_open: bool) -> AsyncIterator[None]:
        """Read what there is to choose from, for who is about to choose."""
        if not is_open:
            return
        self.choices = []
        yield
        async with looking(await self._me(), self._slug) as tx:
            there = await board.choices(tx)
        now = self._asked.filter
        self.choices, self.ends = options.groups(now, there, self._columns), options.ends(now)
        self.offered += 1

    @property
    def _asked(self) -> filters.Read:
        """What the address asks for, on this board."""
        asked = filters.read(str(self.router.url.query))
        return filters.Read(asked.filter.within(self._columns), asked.left_out)

    @property
    def _asked_sort(self) -> sorting.Asked:
        """The order that the address asks for, on this board."""
        return sorting.read(str(self.router.url.query), self._board)

    def _narrow(self, currency: str) -> tuple[LeadFilter, Sort]:
        """Narrow and sort the board as the address asks for, and say so above it."""
        asked, (sort, problem) = self._asked, self._asked_sort
        self._filter, self.left_out = asked.filter, [*asked.left_out, *([problem] if problem else [])]
        self.sort, self.sorted_by = sort.value, SORT_WORDS[sort]
        self.query, self.q = asked.filter.query, asked.filter.q
        self.chips = [Filter(*told) for told in asked.filter.told(words.sign(currency))]
        return asked.filter, sort

    async def _acting_on(self) -> LeadFilter:
        """The filter for what acts on every lead shown: `Refused` when the address has another one since it was drawn.

        Nothing is ever done to leads that this page does not show.
        """
        if self._asked.filter != self._filter:
            await self.look()  # type: ignore[attr-defined]
            raise Refused("The filter has just changed. Look at the board, then do it again.", code="filter_changed")
        return self._filter

    def _go(self, query: str, *, replace: bool = False) -> rx.event.EventSpec | None:
        """To this page with another filter; nowhere when that is where it is."""
        if query == self._asked.filter.query and query == self.query:
            return None
        return self._to(query, self._asked_sort.sort, replace=replace)

    def _to(self, query: str, sort: Sort, *, replace: bool = False) -> rx.event.EventSpec:
        path = "/" + "/".join(path_of(self)[:3])
        return rx.redirect(path + with_sort(query, sort, self._board), replace=replace)
