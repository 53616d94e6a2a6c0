"""What the installation, and a workspace without a cap of its own, may spend on a UTC day."""

from collections.abc import Mapping

from leadboard.domain.budgets import Kind

_caps: dict[Kind, int] = {}
_of_workspaces: dict[Kind, int] = {}


def use(caps: Mapping[Kind, int], of_workspaces: Mapping[Kind, int] | None = None) -> None:
    """Make these the process's caps, in millionths of a US dollar (composition root and tests)."""
    for kept, wanted in ((_caps, caps), (_of_workspaces, of_workspaces or {})):
        kept.clear()
        kept.update(wanted)


def of_installation(kind: Kind) -> int | None:
    """The cap on what all workspaces spend together; None where there is none."""
    return _caps.get(kind)


def of_workspace(kind: Kind) -> int | None:
    """The cap of a workspace that has set none of its own; None where there is none."""
    return _of_workspaces.get(kind)
