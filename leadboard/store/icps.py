"""The workspace's ideal customer profile and its versions."""

from collections.abc import Sequence

from sqlalchemy import func
from sqlmodel import col, select

from leadboard.domain.icp import Icp as Profile
from leadboard.domain.icp import same_content
from leadboard.errors import NotFound
from leadboard.store.db import Tx
from leadboard.store.tables import Icp
from leadboard.store.tenancy import Prepared

_LATEST = select(Icp).order_by(col(Icp.version).desc()).limit(1)
_VERSION = Prepared(select(func.coalesce(func.max(Icp.version), 0)))
_IN_FORCE = Prepared(select(Icp.version, Icp.data).order_by(col(Icp.version).desc()).limit(1))


async def latest(tx: Tx) -> Icp | None:
    """The version in force, as a row; None before the first."""
    return (await tx.exec(_LATEST)).first()


async def in_force(tx: Tx) -> tuple[int, Profile | None]:
    """The version in force and its profile; (0, None) before the first."""
    for version, data in await tx.rows(_IN_FORCE):
        return version, Profile.from_data(data)
    return 0, None


async def version_in_force(tx: Tx) -> int:
    """Its number alone; 0 before the first."""
    [(version,)] = await tx.rows(_VERSION)
    return version


async def versions(tx: Tx, limit: int) -> Sequence[Icp]:
    """The latest versions, newest first."""
    return (await tx.exec(select(Icp).order_by(col(Icp.version).desc()).limit(limit))).all()


async def version(tx: Tx, number: int) -> Profile:
    """The profile as it was in a version; `NotFound` when there was none."""
    row = (await tx.exec(select(Icp).where(Icp.version == number))).first()
    if row is None:
        raise NotFound("version")
    return Profile.from_data(row.data)


async def save(tx: Tx, profile: Profile, by: str) -> tuple[Icp, bool]:
    """Make this the profile in force; an identical one changes nothing. Returns the row and whether it is new."""
    row = await latest(tx)
    if row is not None and same_content(Profile.from_data(row.data), profile):
        return row, False
    saved = Icp(
        workspace_id=tx.workspace,
        version=row.version + 1 if row else 1,
        data=profile.to_data(),
        created_by=by,
        created_at=tx.now,
    )
    tx.add(saved)
    tx.record("icp_saved", by=by, shown=True, version=saved.version)
    tx.touch("icp")
    return saved, True
