"""What the whole installation may spend on a UTC day, as the composition root says."""

from collections.abc import Mapping

from leadboard.domain.budgets import Kind

_caps: dict[Kind, int] = {}


def use(caps: Mapping[Kind, int]) -> None:
    """Make these the process's caps, in millionths of a US dollar (composition root and tests)."""
    _caps.clear()
    _caps.update(caps)


def of_installation(kind: Kind) -> int | None:
    """The cap on what all workspaces spend together; None where there is none."""
    return _caps.get(kind)
