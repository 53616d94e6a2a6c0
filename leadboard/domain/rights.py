"""Roles, rights and who is asking (tenancy sheet, sections 1 and 2)."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from leadboard.errors import Refused

NO_RIGHT = "no_right"
"""The code of a refusal because of one's role."""


class Role(StrEnum):
    """What somebody is in a workspace."""

    OWNER = "owner"
    ADMIN = "admin"
    MEMBER = "member"
    VIEWER = "viewer"


class Right(StrEnum):
    """What an action asks for."""

    READ = "read"
    EDIT = "edit"
    SPEND = "spend"
    EXPORT = "export"
    DELETE = "delete"
    SETTINGS = "settings"
    INVITE = "invite"
    OWN = "own"


_MEMBER = frozenset({Right.READ, Right.EDIT, Right.SPEND, Right.EXPORT})
_ADMIN = _MEMBER | {Right.DELETE, Right.SETTINGS, Right.INVITE}

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.OWNER: frozenset(Right),
    Role.ADMIN: _ADMIN,
    Role.MEMBER: _MEMBER,
    Role.VIEWER: frozenset({Right.READ}),
}

_NEEDS_WORDS = {
    Right.READ: "look at this workspace",
    Right.EDIT: "change leads",
    Right.SPEND: "start enrichment",
    Right.EXPORT: "export",
    Right.DELETE: "delete leads",
    Right.SETTINGS: "change settings",
    Right.INVITE: "invite people",
    Right.OWN: "remove members or delete the workspace",
}


@dataclass(frozen=True)
class Principal:
    """Who is asking: built from the gate's session only, never from what a browser says."""

    user_id: UUID
    name: str
    session_id: UUID | None = None
    email: str = ""


def check_right(role: Role, right: Right) -> None:
    """Refuse what this role may not do, with who can."""
    if right not in RIGHTS[role]:
        can = " or ".join(r.value for r in Role if right in RIGHTS[r])
        raise Refused(
            f"Your role here is {role.value}, which cannot {_NEEDS_WORDS[right]}. Ask an {can} of this workspace.",
            code=NO_RIGHT,
            status=403,
        )


def check_role_change(by: Role, was: Role, to: Role, owners: int) -> None:
    """Refuse a change of role that the table does not give, or that leaves no owner."""
    check_right(by, Right.INVITE)
    if Role.OWNER in (was, to) and by is not Role.OWNER:
        raise Refused("Only an owner can make or change an owner.", code=NO_RIGHT, status=403)
    if was is Role.OWNER and to is not Role.OWNER and owners <= 1:
        raise Refused("A workspace keeps at least one owner. Make somebody else owner first.", code="last_owner")
