"""Names for team sizes (skills sheet, section 4)."""

_RANGES = (
    (1, "solo", "solo"),
    (5, "micro", "micro, 2–5"),
    (20, "small", "small, 6–20"),
    (50, "medium", "medium, 21–50"),
    (200, "large", "large, 51–200"),
)
_MORE = (0, "enterprise", "enterprise, 201 or more")

SIZE_RANGES = tuple(key for _, key, _ in (*_RANGES, _MORE))
"""The keys of the ranges, the smallest first."""


def size_range(people: float) -> str:
    """The key of the range a number of people falls into: "medium", "enterprise"."""
    return _range(people)[1]


def size_name(people: float) -> str:
    """The range a number of people falls into, for people: "medium, 21–50", "enterprise, 201 or more"."""
    return _range(people)[2]


def _range(people: float) -> tuple[int, str, str]:
    return next((each for each in _RANGES if people <= each[0]), _MORE)
