"""Whom a search for companies would ask now: by the profile in force, the keys of the workspace, and the demo world."""

from dataclasses import dataclass

from leadboard.domain.discovery.search import search_of
from leadboard.domain.discovery.sources import Source, sources
from leadboard.store import access, catalogue, icps
from leadboard.store.db import Tx
from leadboard.store.tables import Workspace


@dataclass(frozen=True)
class Offer:
    """Every source by the profile of this version, and by name those that the demo world answers for."""

    version: int
    sources: tuple[Source, ...]
    demo: frozenset[str]


async def offered(tx: Tx) -> Offer | None:
    """What a search would do; None without a profile."""
    version, icp = await icps.in_force(tx)
    if icp is None:
        return None
    workspace = await tx.get_one(Workspace, tx.workspace)
    keys = {kept.service for kept in await access.of_workspace(tx) if kept.sealed_key}
    contact = catalogue.introduced()
    known = sources(
        search_of(icp),
        catalogue.services(),
        lambda service: service.can_be_asked(key=service.name in keys, demo=workspace.demo, contact=contact),
    )
    demo = frozenset(each.service.name for each in known if workspace.demo and each.service.name not in keys)
    return Offer(version, known, demo)
