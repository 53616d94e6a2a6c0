"""Names for team sizes (skills sheet, section 4)."""

_RANGES = ((1, "solo"), (5, "micro, 2–5"), (20, "small, 6–20"), (50, "medium, 21–50"), (200, "large, 51–200"))


def size_name(people: float) -> str:
    """The range a number of people falls into: "medium, 21–50", "enterprise, 201 or more"."""
    return next((name for most, name in _RANGES if people <= most), "enterprise, 201 or more")
