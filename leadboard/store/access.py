"""What a workspace has with outside services: keys, sealed, and how the last try of each went."""

from collections.abc import Sequence
from uuid import uuid4

from sqlmodel import col, select

from leadboard.domain.access import AccessState
from leadboard.domain.found import Health
from leadboard.store import vault
from leadboard.store.db import Tx
from leadboard.store.tables import Access

TOPIC = "access"


async def of_workspace(tx: Tx) -> Sequence[Access]:
    """Every access of the workspace; a service nobody gave a key or tried has none."""
    return (await tx.exec(select(Access).order_by(col(Access.service)))).all()


async def of_service(tx: Tx, service: str) -> Access:
    """The access to a service, kept from changing until this transaction ends; made when there is none."""
    row = (await tx.exec(select(Access).where(Access.service == service).with_for_update())).first()
    if row is None:
        row = Access(id=uuid4(), workspace_id=tx.workspace, service=service)
        tx.add(row)
        await tx.flush()
    return row


def put_key(tx: Tx, access: Access, key: str, by: str) -> None:
    """Keep a key; what was known of the last one no longer counts."""
    access.sealed_key = vault.current().seal(key, _place(access)) if key else ""
    access.key_by, access.key_at = (by, tx.now) if key else ("", None)
    access.state, access.sentence, access.said, access.remaining = AccessState.UNTRIED, "", "", None
    access.checked_at = None
    tx.touch(TOPIC)


def key_of(access: Access) -> str:
    """The key in clear, "" for none: for the call to its service only."""
    return vault.current().open(access.sealed_key, _place(access)) if access.sealed_key else ""


def begin_check(tx: Tx, access: Access) -> None:
    """Say that the access is being tried."""
    access.state, access.asked_at = AccessState.CHECKING, tx.now
    tx.touch(TOPIC)


def end_check(tx: Tx, access: Access, state: AccessState, health: Health, said: str = "") -> None:
    """Keep how the try ended."""
    access.state, access.sentence, access.said = state, health.sentence, said
    access.remaining, access.checked_at = health.left, tx.now
    tx.touch(TOPIC)


def _place(access: Access) -> str:
    return vault.place("access", "sealed_key", access.id, access.workspace_id)
