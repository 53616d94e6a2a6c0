"""What admins decide about money: how much the workspace may spend on a day."""

from leadboard.actions.access import allowed
from leadboard.domain.caps import read_cap
from leadboard.domain.rights import Principal, Right
from leadboard.errors import Refused, Several
from leadboard.store import people, spending


async def change_caps(me: Principal, slug: str, providers: str, models: str) -> None:
    """Set the workspace's caps of a UTC day, typed in US dollars; empty is no cap of its own. Refuses all that is no
    amount at once."""
    wanted = _read(providers=providers, models=models)
    async with allowed(me, slug, Right.SETTINGS) as tx:
        was = await spending.change_caps(tx, wanted["providers"], wanted["models"])
        if was != tuple(wanted.values()):
            people.audit(tx, "caps_changed", me.user_id, was=list(was), now=list(wanted.values()))


def _read(**typed: str) -> dict[str, int | None]:
    read: dict[str, int | None] = {}
    refused: list[Refused] = []
    for field, text in typed.items():
        try:
            read[field] = read_cap(text, field)
        except Refused as wrong:
            refused.append(wrong)
    if refused:
        raise Several(refused) if len(refused) > 1 else refused[0]
    return read
