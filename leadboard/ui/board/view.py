"""The board as a view: windows of columns, the stage strip and the activity, from the store to display values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import lru_cache
from math import log
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from leadboard.domain.filters import ALL, LeadFilter
from leadboard.domain.sorting import Sort, with_sort
from leadboard.domain.stage_needs import REASONS, in_words
from leadboard.domain.stages import COLUMN_TITLES, ENRICHMENT_COLUMNS, SALES_COLUMNS, SalesColumn, Status
from leadboard.domain.stages import Column as BoardColumn
from leadboard.store import board, db, icps
from leadboard.store.db import Tx
from leadboard.ui import words
from leadboard.ui.board.entries import entries
from leadboard.ui.display import Card, Column, ColumnKind, Entry, Segment
from leadboard.ui.live import OVERLOAD_REST, REST, Parts, parts_with

if TYPE_CHECKING:
    import reflex as rx

WINDOW = 30
ACTIVITY = "activity"
HIGHLIGHT = timedelta(seconds=10)
USUAL: dict[str, timedelta] = dict.fromkeys((BoardColumn.HARVESTED, *SALES_COLUMNS), timedelta(days=7))
USUAL_WORKING = timedelta(minutes=10)
"""Longer than this in a column and the card says so."""

LONGEST = {"name": 80, "what": 120, "owner_name": 60, "city": 40, "country": 20, "error": 160}
"""Characters of a text on a card: one lead with a novel for a name must not make every delta long."""

EMPTY: dict[str, str] = {
    BoardColumn.HARVESTED: "Leads land here when you import a list or discover companies.",
    BoardColumn.ENRICHED: "Leads land here when their package is complete.",
    BoardColumn.ATTENTION: "Nothing needs you.",
    SalesColumn.REVIEW: "Move a lead here to look into it.",
    SalesColumn.FIRST_CONTACT: "Leads you have written to or called.",
    SalesColumn.NEGOTIATING: "Leads you are in talks with.",
    SalesColumn.MEETING_BOOKED: "Leads with a meeting in the calendar.",
    SalesColumn.DISQUALIFIED: "Leads you have ruled out.",
}
EMPTY_FILTERED = "No lead here matches."
EMPTY_WORKING = "Leads pass through here while they are enriched."

KINDS: dict[str, ColumnKind] = {
    BoardColumn.HARVESTED: "waiting",
    BoardColumn.ENRICHED: "done",
    BoardColumn.ATTENTION: "attention",
}


@dataclass(frozen=True)
class BoardView:
    """The Enrichment board of a workspace; `shown` names only the columns whose window was extended.

    A filtered one counts what its filter holds: of each column when it is read, kept in between.
    """

    workspace_id: UUID
    slug: str
    currency: str
    shown: tuple[tuple[str, int], ...] = ()
    filter: LeadFilter = ALL
    sort: Sort = Sort.FIT
    time_zone: str = "UTC"
    """By whose clock meetings are told."""
    _counted: board.Totals = field(default_factory=dict, init=False, compare=False, repr=False)

    state: ClassVar["type[rx.State]"]
    columns: ClassVar[tuple[BoardColumn | SalesColumn, ...]] = ENRICHMENT_COLUMNS
    path: ClassVar[str] = "board"

    @property
    def query(self) -> str:
        """Of the address of this board: leads open over the board as it is."""
        return with_sort(self.filter.query, self.sort, self.path)

    @property
    def rest(self) -> int:
        """How many times as long as a reading to rest from it: counting is dear, so it gets a tenth of the time."""
        return REST if self.filter else OVERLOAD_REST

    def parts(self) -> Parts:
        """Every column, and the activity."""
        return frozenset(self.columns) | {ACTIVITY}

    def concerned(self, topics: frozenset[str]) -> Parts:
        """The columns that leads left, entered or changed in; a new profile makes the scores of all of them old."""
        if "icp" in topics:
            return self.parts()
        columns = parts_with("column:", topics) & frozenset(self._in_view)
        return columns | {ACTIVITY} if ACTIVITY in topics else columns

    async def read(self, parts: Parts) -> dict[str, Any]:
        """Var -> display value: one var per column, so that a delta carries only the columns that changed."""
        async with db.read(self.workspace_id) as tx:
            values: dict[str, Any] = {each: _hidden(each) for each in parts & frozenset(self.columns)}
            columns = [column for column in self._in_view if column in parts]
            if columns:
                whole, icp = await board.totals(tx), await icps.version_in_force(tx)
                totals = await self._count(tx, columns) if self.filter else whole
                values |= self._sums(whole, totals)
                windows = await board.windows(tx, self._wanted(columns, totals), self.filter, self.sort)
                for column in columns:
                    values[column.value] = self._column(column, windows.get(column, []), totals, whole, icp, tx.now)
            if ACTIVITY in parts:
                values["entries"] = [self._over_this(each) for each in await entries(tx, self.slug)]
            return values

    @property
    def _in_view(self) -> tuple[BoardColumn | SalesColumn, ...]:
        """The columns this board shows: all, or those its filter names."""
        return tuple(each for each in self.columns if each in (self.filter.stage or self.columns))

    def _wanted(self, columns: Sequence[str], totals: board.Totals) -> dict[str, int]:
        """How many cards to read of each column; no more than match, so that nobody searches on for others."""
        shown = dict(self.shown)
        wanted = {str(column): shown.get(column, WINDOW) for column in columns}
        if not self.filter:
            return wanted
        return {column: min(most, totals[column][0]) for column, most in wanted.items() if totals[column][0]}

    async def _count(self, tx: Tx, columns: Sequence[str]) -> board.Totals:
        self._counted.update(await board.matching_totals(tx, self.filter, columns))
        return self._counted

    def _sums(self, whole: board.Totals, totals: board.Totals) -> dict[str, Any]:
        """The strip, and how many leads there are: on the board, and of those that match."""
        sums = self.strip(totals)
        if self.filter:
            sums |= {"matching": sums["leads"], "leads": self.strip(whole)["leads"]}
        return sums

    def _over_this(self, entry: Entry) -> Entry:
        """The entry with a lead that opens over this board, as it is."""
        usual = f"/w/{self.slug}/board/"
        if not entry.link.href.startswith(usual):
            return entry
        href = f"/w/{self.slug}/{self.path}/{entry.link.href.removeprefix(usual)}{self.query}"
        return replace(entry, link=replace(entry.link, href=href))

    def _known(self, column: str, row: board.BoardRow, now: datetime) -> str:
        """What the column had to know of the lead; a lead that an import put there may say nothing."""
        if column == SalesColumn.DISQUALIFIED:
            return REASONS.get(row.lost_reason, "")
        if column != SalesColumn.MEETING_BOOKED or row.meeting_at is None:
            return ""
        when = in_words(row.meeting_at, self.time_zone, now)
        return f"Was {when}" if row.meeting_at < now else when

    def strip(self, totals: Mapping[str, tuple[int, int]]) -> dict[str, Any]:
        """The stage strip and the sentence beside it."""
        return strip(totals, self._in_view)

    def _column(
        self,
        column: str,
        rows: list[board.BoardRow],
        totals: board.Totals,
        whole: board.Totals,
        icp: int,
        now: datetime,
    ) -> Column:
        leads, value = totals.get(column, (0, 0))
        hides = bool(self.filter) and not leads and _leads(whole, column) > 0
        title = COLUMN_TITLES[column]
        base, query = f"/w/{self.slug}/{self.path}", self.query
        usual_since, fresh_since = now - USUAL.get(column, USUAL_WORKING), now - HIGHLIGHT
        return Column(
            key=column,
            title=title,
            count=f"0 of {words.count(_leads(whole, column))}" if hides else words.count(leads),
            value=words.money_compact(value, self.currency) if value else "",
            label=f"{title}, {words.counted(leads, 'lead')}",
            cards=[
                _drawn(
                    base,
                    query,
                    self.currency,
                    column,
                    row,
                    row.stage_at < usual_since,
                    row.stage_at > fresh_since,
                    words.old_score(row.fit_score, row.fit_icp_version, icp),
                    self._known(column, row, now),
                )
                for row in rows
            ],
            more=min(WINDOW, max(0, leads - len(rows))),
            empty=EMPTY_FILTERED if hides else EMPTY.get(column, EMPTY_WORKING),
            filtered=hides,
        )


def _hidden(column: str) -> Column:
    return Column(key=column, title=COLUMN_TITLES[column], hidden=True)


@lru_cache(maxsize=20_000)
def _drawn(
    base: str,
    query: str,
    currency: str,
    column: str,
    row: board.BoardRow,
    overdue: bool,
    fresh: bool,
    old: str,
    known: str,
) -> Card:
    """A card; most cards of a column are those of the last reading, and equal arguments draw the same one."""
    row = row._replace(**{name: words.cut(getattr(row, name), longest) for name, longest in LONGEST.items()})
    value = words.money_compact(row.value, currency)
    working = row.agent if row.status == Status.ENRICHING else ""
    return Card(
        id=str(row.id),
        name=row.name,
        href=f"{base}/{row.id}{query}",
        version=row.version,
        what=row.what,
        fit=row.fit_score,
        band=words.band(row.fit_score),
        old=old,
        value=value,
        worth=-1 if row.value is None else row.value,
        owner=words.person(row.owner_name),
        place=known or words.place(row.city, row.country),
        since=words.iso(row.stage_at),
        overdue=overdue,
        agent=working,
        percent=row.percent,
        error=row.error,
        next=row.queued_first,
        revision=row.version if fresh else 0,
        spoken=_spoken(column, row, value, working, old, known),
    )


def strip(totals: Mapping[str, tuple[int, int]], columns: Sequence[str] = ENRICHMENT_COLUMNS) -> dict[str, Any]:
    """The stage strip of these columns and the sentence beside it."""
    working = sum(_leads(totals, column) for column in BoardColumn if column not in KINDS)
    pending = _leads(totals, Status.PENDING_ENRICHMENT)
    told = [f"{words.count(many)} {word}" for many, word in ((working, "working"), (pending, "waiting")) if many]
    return {
        "segments": segments(totals, columns),
        "summary": " · ".join(told),
        "waiting": _leads(totals, BoardColumn.HARVESTED) - pending,
        "leads": sum(_leads(totals, column) for column in COLUMN_TITLES),
        "busy": working + pending > 0,
    }


def segments(totals: Mapping[str, tuple[int, int]], columns: Sequence[str]) -> list[Segment]:
    """The stage strip of these columns; the bars grow with the logarithm of the counts."""
    most = max(_leads(totals, column) for column in columns)
    return [
        Segment(
            key=column,
            title=COLUMN_TITLES[column],
            count=words.count(leads),
            share=round(100 * log(1 + leads) / log(1 + most)) if leads else 0,
            kind=KINDS.get(column, "working"),
        )
        for column in columns
        for leads in [_leads(totals, column)]
    ]


def _leads(totals: Mapping[str, tuple[int, int]], key: str) -> int:
    return totals.get(key, (0, 0))[0]


def _spoken(column: str, row: board.BoardRow, value: str, working: str, old: str, known: str) -> str:
    band = words.band(row.fit_score) + (f", by {old}" if old else "")
    fit = f"Fit {row.fit_score} of 100, {band}." if row.fit_score >= 0 else "Fit not scored."
    now = f"{working}, {row.percent}%." if working else row.error
    parts = (fit, f"{value}." if value else "", f"{row.owner_name}." if row.owner_name else "")
    where = f"In {COLUMN_TITLES[column]}: {known}." if known else f"In {COLUMN_TITLES[column]}."
    return " ".join(part for part in (*parts, where, now) if part)
