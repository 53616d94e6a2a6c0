"""Keys of outside services."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from leadboard.domain.access import AccessState
from leadboard.store.tables.base import Tenant, UtcTime, of_workspace


class Access(Tenant, table=True):
    """What a workspace has with an outside service: its key, sealed, and how the last try went.

    `sentence` is ours, `said` the service's own words, `remaining` what it says is left of the plan.
    """

    __table_args__ = (of_workspace(), UniqueConstraint("workspace_id", "service"))

    service: str
    sealed_key: str = ""
    key_by: str = ""
    key_at: datetime | None = Field(default=None, sa_type=UtcTime)
    state: str = AccessState.UNTRIED
    sentence: str = ""
    said: str = ""
    remaining: int | None = None
    asked_at: datetime | None = Field(default=None, sa_type=UtcTime)
    checked_at: datetime | None = Field(default=None, sa_type=UtcTime)
