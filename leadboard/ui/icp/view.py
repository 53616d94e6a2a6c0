"""The versions of the profile and how far their scoring is, as a live view."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from leadboard.store import candidates, db, icps, studies
from leadboard.ui.display import Progress
from leadboard.ui.icp.display import version_rows
from leadboard.ui.icp.study import shown
from leadboard.ui.live import Parts

if TYPE_CHECKING:
    import reflex as rx

SHOWN = 20
"""Versions in the list."""

VERSIONS, SCORING, STUDY = "versions", "scoring", "study"


@dataclass(frozen=True)
class IcpView:
    """What everybody on the page sees, whatever their own draft."""

    workspace_id: UUID

    state: ClassVar["type[rx.State]"]

    def parts(self) -> Parts:
        """The list of versions, the progress of the scoring, and the last study of the website."""
        return frozenset({VERSIONS, SCORING, STUDY})

    def concerned(self, topics: frozenset[str]) -> Parts:
        """A save concerns versions and scoring; a lead, only how many are scored."""
        concerned = {STUDY} if studies.TOPIC in topics else set[str]()
        if "icp" in topics:
            concerned |= {VERSIONS, SCORING}
        if any(topic.startswith(("lead:", "column:")) for topic in topics):
            concerned.add(SCORING)
        return frozenset(concerned)

    async def read(self, parts: Parts) -> dict[str, Any]:
        """Var -> display value."""
        values: dict[str, Any] = {}
        async with db.read(self.workspace_id) as tx:
            version, _ = await icps.in_force(tx)
            if VERSIONS in parts:
                rows = await icps.versions(tx, SHOWN + 1)
                values |= {"version": version, "versions": version_rows(rows, len(rows) <= SHOWN)[:SHOWN]}
            if SCORING in parts:
                values["scoring"] = _progress(version, *await candidates.scored_with(tx, version))
            if STUDY in parts:
                values["study"] = shown(await studies.latest(tx))
        return values


def _progress(version: int, leads: int, scored: int) -> Progress:
    """Nothing when every lead has a score of this version."""
    if not version or scored == leads:
        return Progress()
    text = f"{scored:,} of {leads:,} leads; until then the others show the score of an older version"
    return Progress(f"Scoring with version {version}", text, 100 * scored // leads)
