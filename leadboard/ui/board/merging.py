"""Equal events of the same ten seconds as one: twelve leads enriched are one line, not twelve."""

from collections.abc import Iterable

from leadboard.store.board import Happened

SECONDS = 10
EQUAL_BY = {
    "lead_enriched": (),
    "lead_enrichment_failed": ("error",),
    "enrichment_requested": (),
    "change_undone": ("of",),
}
"""Kind -> what of its data makes two events equal. What can be taken back from its line keeps a line of its own."""


def merged(events: Iterable[Happened]) -> list[Happened]:
    """Newest first as they came; of equal ones about single leads the newest stands for all, about so many `leads`.

    The seconds are those of the clock, so that lines already told stay as they are when others follow.
    """
    alike: dict[tuple[object, ...], list[Happened]] = {}
    for event in events:
        alike.setdefault(_key(event), []).append(event)
    return [_as_one(*some) for some in alike.values()]


def _as_one(newest: Happened, *others: Happened) -> Happened:
    if not others:
        return newest
    return newest._replace(lead_id=None, data={**newest.data, "leads": 1 + len(others)})


def _key(event: Happened) -> tuple[object, ...]:
    equal_by = EQUAL_BY.get(event.kind)
    if equal_by is None or event.lead_id is None:
        return (event.n,)
    tens = int(event.at.timestamp()) // SECONDS
    return (event.kind, event.actor, tens, *(str(event.data.get(name)) for name in equal_by))
