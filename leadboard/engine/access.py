"""Tries a workspace's access to an outside service, and keeps what it said."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import structlog

from leadboard.domain.access import AccessState
from leadboard.domain.found import Health
from leadboard.engine.steps import step
from leadboard.engine.tools import Tools
from leadboard.errors import ProviderError, Refused, TryLater
from leadboard.providers.base import KeyRefused, QuotaUsed, ServiceError
from leadboard.providers.registry import provider_of
from leadboard.providers.wire import Wire
from leadboard.store import access, db
from leadboard.store.vault import Unopened

log = structlog.get_logger(__name__)

Outcome = tuple[AccessState, Health, str]
"""How a try ended, our sentence, and the service's own words."""

UNOPENED = "The stored key cannot be read with this installation's secret. Paste the key again."


def workflow(tools: Tools) -> Callable[[str, str], Awaitable[None]]:
    """The workflow that an admin's press sets off: (workspace id, service)."""

    async def check(workspace_id: str, service: str) -> None:
        await step("check", check_access, tools.wire, workspace_id, service)

    return check


async def check_access(wire: Wire, workspace_id: str, service: str) -> None:
    """Ask the service and keep its answer. A key that was replaced meanwhile is not spoken of."""
    async with db.begin(UUID(workspace_id)) as tx:
        kept = await access.of_service(tx, service)
        sealed = kept.sealed_key
        try:
            key = access.key_of(kept)
        except Unopened:
            access.end_check(tx, kept, AccessState.KEY_REFUSED, Health(False, UNOPENED))
            return
    state, health, said = await _tried(wire, service, key)
    async with db.begin(UUID(workspace_id)) as tx:
        kept = await access.of_service(tx, service)
        if kept.sealed_key == sealed:
            access.end_check(tx, kept, state, health, said)


async def _tried(wire: Wire, service: str, key: str) -> Outcome:
    try:
        health = await provider_of(service)(wire, key).check()
    except KeyRefused as error:
        return AccessState.KEY_REFUSED, Health(False, error.sentence), error.said
    except QuotaUsed as error:
        return AccessState.USED_UP, Health(False, error.sentence, 0), error.said
    except TryLater as later:
        return AccessState.UNAVAILABLE, Health(False, f"{later.sentence} Try again in a minute."), ""
    except ServiceError as error:
        return AccessState.UNAVAILABLE, Health(False, error.sentence), error.said
    except (ProviderError, Refused) as error:
        return AccessState.UNAVAILABLE, Health(False, error.sentence), ""
    return AccessState.WORKS if health.ok else AccessState.USED_UP, health, ""
