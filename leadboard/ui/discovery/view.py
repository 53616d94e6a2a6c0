"""Discover as a live view: what a search would ask, and the last search as far as it is."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from leadboard.domain.budgets import MICROS
from leadboard.domain.discovery import UNDER_WAY, DiscoveryStatus
from leadboard.domain.discovery.sources import Source, cost_range
from leadboard.errors import NotFound
from leadboard.store import access, catalogue, db, discoveries, offers
from leadboard.store.discoveries import ASKING, DONE, FAILED, STOPPED, WAITING, SourceState
from leadboard.store.offers import Offer
from leadboard.store.tables import Discovery
from leadboard.ui import words
from leadboard.ui.discovery.display import Offering, Progressing, Reject, Run, SourceRow
from leadboard.ui.display import Tone
from leadboard.ui.live import Parts

if TYPE_CHECKING:
    import reflex as rx

OFFER, RUN = "offer", "run"
SHOWN_FOR = timedelta(hours=1)
"""So long after its end a search is still news."""
MOST_REJECTS = 50

STATES: dict[str, tuple[str, Tone]] = {
    WAITING: ("Waiting", "neutral"),
    ASKING: ("Asking", "accent"),
    DONE: ("Done", "strong"),
    FAILED: ("Failed", "weak"),
    STOPPED: ("Stopped", "neutral"),
}


@dataclass(frozen=True)
class DiscoveryView:
    """What everybody who looks at the board of a workspace sees of its searches."""

    workspace_id: UUID

    state: ClassVar["type[rx.State]"]

    def parts(self) -> Parts:
        """What would be asked, and how the last search is."""
        return frozenset({OFFER, RUN})

    def concerned(self, topics: frozenset[str]) -> Parts:
        """A profile or a key changes what would be asked."""
        concerned = {RUN} if discoveries.TOPIC in topics else set[str]()
        if "icp" in topics or access.TOPIC in topics:
            concerned.add(OFFER)
        return frozenset(concerned)

    async def read(self, parts: Parts) -> dict[str, Any]:
        """Var -> display value."""
        values: dict[str, Any] = {}
        async with db.read(self.workspace_id) as tx:
            if OFFER in parts:
                values["offering"] = offering(await offers.offered(tx))
            if RUN in parts:
                last = await discoveries.latest(tx)
                is_news = last and (last.ended_at is None or tx.now - last.ended_at < SHOWN_FOR)
                values["run"] = run(last) if last and is_news else Run()
        return values


def offering(offer: Offer | None) -> Offering:
    """What a search would do, in words."""
    if offer is None:
        return Offering()
    asked = [_row(each, offer.demo) for each in offer.sources if each.asked]
    others = [_row(each, offer.demo) for each in offer.sources if not each.asked]
    least, most = cost_range(offer.sources)
    if not least:
        return Offering(offer.version, asked, others, "Nothing of this costs anything.")
    cost = f"{words.usd(least)} for a page of each, at most {words.usd(most)}. What was answered before costs nothing."
    return Offering(offer.version, asked, others, cost, str(-(-2 * least // MICROS)))


def _row(source: Source, demo: frozenset[str]) -> SourceRow:
    service = source.service
    price = f"{words.usd(source.micros)} a page" if source.micros else "free"
    return SourceRow(service.name, service.label, source.why, price, service.name in demo)


def run(discovery: Discovery) -> Run:
    """A search, in words."""
    working, enough = discovery.status in UNDER_WAY, discovery.status == DiscoveryStatus.COMPLETE
    rejects = [Reject(each["name"], _label(each["service"]), each["why"]) for each in discovery.rejected]
    return Run(
        id=str(discovery.id),
        working=working,
        title=_title(discovery),
        counts=_counts(discovery),
        short=f"{discovery.created} of {discovery.target}",
        percent=round(100 * discovery.created / discovery.target) if working else 100,
        cost=words.usd(discovery.spent_micros),
        by=discovery.by,
        at=words.iso(discovery.ended_at or discovery.created_at),
        error=discovery.error,
        sources=[_progressing(each, working, enough and not each.error) for each in discoveries.sources_of(discovery)],
        rejects=rejects[:MOST_REJECTS],
        left_out=words.counted(len(rejects), "company left out", "companies left out") if rejects else "",
        warnings=list(discovery.warnings),
    )


def _title(discovery: Discovery) -> str:
    found = words.counted(discovery.created, "new company", "new companies")
    match discovery.status:
        case DiscoveryStatus.COMPLETE:
            return f"Found {found}" if discovery.created else "Found no new company"
        case DiscoveryStatus.CANCELLED:
            return f"Stopped after {found}"
        case DiscoveryStatus.FAILED:
            return f"Failed after {found}"
    return f"Looking for {words.counted(discovery.target, 'company', 'companies')}"


def _counts(discovery: Discovery) -> str:
    """What became of those found: "7 new · 2 refreshed". Once it has ended its title says how many are new."""
    counts = (
        (discovery.created * (discovery.status in UNDER_WAY), "new"),
        (discovery.refreshed, "refreshed"),
        (discovery.skipped_existing, "skipped, decided about before"),
        (discovery.excluded, "excluded"),
    )
    return " · ".join(f"{many} {word}" for many, word in counts if many)


def _progressing(source: SourceState, working: bool, enough: bool) -> Progressing:
    word, tone = STATES[ASKING if source.status == WAITING and working else source.status]
    if source.status == STOPPED and enough:
        word = "Enough found"
    found = words.counted(source.found, "company", "companies")
    pages = words.counted(len(source.cursors), "page")
    said = source.error or (f"{found} on {pages}" if source.cursors else "")
    return Progressing(
        name=source.service,
        label=_label(source.service),
        why=source.why,
        state=source.status,
        word=word,
        tone=tone,
        said=said,
        cost=words.usd(source.micros) if source.micros else "",
        demo=source.demo,
    )


def _label(service: str) -> str:
    try:
        return catalogue.service(service).label
    except NotFound:
        return service
