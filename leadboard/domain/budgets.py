"""Budgets: what may be spent on a UTC day, by the whole installation and by each workspace."""

from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

INSTALLATION = "installation"
"""The scope of everybody together."""

MICROS = 1_000_000
"""Of a US dollar."""


class Kind(StrEnum):
    """What money is spent on."""

    PROVIDERS = "providers"
    MODELS = "models"


def next_day(now: datetime) -> datetime:
    """When a budget that is used up begins anew: 00:00 UTC."""
    tomorrow = now.astimezone(UTC).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), UTC)
