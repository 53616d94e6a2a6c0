"""Searches for new companies (icp sheet, section 2)."""

from enum import StrEnum


class DiscoveryStatus(StrEnum):
    """How a search is."""

    REQUESTED = "requested"
    RUNNING = "running"
    COMPLETE = "complete"
    FAILED = "failed"
    CANCELLED = "cancelled"


UNDER_WAY = (DiscoveryStatus.REQUESTED, DiscoveryStatus.RUNNING)
