"""People, their sessions, and the workspaces they work in."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, BigInteger, Column, ForeignKey, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from leadboard.domain.rights import Role
from leadboard.store.tables.base import Tenant, UtcTime, of_workspace, utcnow


class User(SQLModel, table=True):
    """Somebody who can sign in. `email` is lower case."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    email: str = Field(unique=True)
    name: str
    password_hash: str
    created_at: datetime = Field(default_factory=utcnow, sa_type=UtcTime)


class Workspace(SQLModel, table=True):
    """The tenant."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    slug: str = Field(unique=True)
    name: str
    currency: str = "EUR"
    time_zone: str = "UTC"
    region: str = "US"
    demo: bool = False
    provider_cap_micros: int | None = Field(default=None, sa_type=BigInteger)
    model_cap_micros: int | None = Field(default=None, sa_type=BigInteger)
    """What it may spend on a UTC day on services and on models, in millionths of a US dollar; None: no own cap."""
    self_ordering: bool = False
    """Whether other orders of services are proposed from what past calls brought."""
    created_at: datetime = Field(default_factory=utcnow, sa_type=UtcTime)
    deleted_at: datetime | None = Field(default=None, sa_type=UtcTime)


class Membership(SQLModel, table=True):
    """A person's role in a workspace; removed, not erased, so that history keeps its names."""

    __table_args__ = (UniqueConstraint("workspace_id", "user_id"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    workspace_id: UUID = Field(foreign_key="workspace.id", index=True)
    user_id: UUID = Field(foreign_key="user.id", index=True)
    role: str = Role.MEMBER
    accepted_at: datetime | None = Field(default=None, sa_type=UtcTime)
    deleted_at: datetime | None = Field(default=None, sa_type=UtcTime)


class Invite(Tenant, table=True):
    """A link that makes its bearer a member once. Its address names the workspace, so it is read inside it."""

    __table_args__ = (of_workspace(), UniqueConstraint("workspace_id", "token_hash"))

    token_hash: str
    role: str = Role.MEMBER
    created_by: UUID
    created_at: datetime = Field(default_factory=utcnow, sa_type=UtcTime)
    expires_at: datetime = Field(sa_type=UtcTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcTime)


class Session(SQLModel, table=True):
    """A signed-in browser. The cookie's token is stored as its SHA-256 only."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    token_hash: str = Field(unique=True)
    user_id: UUID = Field(sa_column=Column(ForeignKey("user.id", ondelete="CASCADE"), index=True, nullable=False))
    created_at: datetime = Field(default_factory=utcnow, sa_type=UtcTime)
    seen_at: datetime = Field(default_factory=utcnow, sa_type=UtcTime)
    password_at: datetime = Field(default_factory=utcnow, sa_type=UtcTime)
    ip: str = ""
    user_agent: str = ""
    revoked_at: datetime | None = Field(default=None, sa_type=UtcTime)


class Attempt(SQLModel, table=True):
    """One failed guess, counted per `key` (an address's or an IP's digest) for throttling."""

    __table_args__ = (Index("ix_attempt_key_at", "key", "at"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    key: str
    at: datetime = Field(default_factory=utcnow, sa_type=UtcTime)


class Audit(SQLModel, table=True):
    """Who did what that matters for security. No secrets, no bodies."""

    __table_args__ = (Index("ix_audit_workspace_id_at", "workspace_id", "at"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    workspace_id: UUID | None = None
    actor: str
    action: str
    resource: str = ""
    changes: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    ip: str = ""
    at: datetime = Field(default_factory=utcnow, sa_type=UtcTime)


class Install(SQLModel, table=True):
    """The one row of this installation: it exists once the first owner does, and its key makes that happen once."""

    id: int = Field(default=1, primary_key=True)
    owner_id: UUID
    set_up_at: datetime = Field(default_factory=utcnow, sa_type=UtcTime)
