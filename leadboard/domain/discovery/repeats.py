"""What becomes of a company that the workspace knows already (icp sheet, section 2)."""

from datetime import datetime, timedelta
from enum import StrEnum

REJECTED_FOR = timedelta(days=180)
"""So long a company that was rejected is left in peace."""


class Review(StrEnum):
    """What people decided about a lead."""

    PENDING = "pending"
    SAVED = "saved"
    APPROVED = "approved"
    REJECTED = "rejected"


def is_refreshed(review: str, since: datetime, now: datetime) -> bool:
    """Whether a known company takes in what a search found; else it is skipped. `since`: when it was decided about."""
    match review:
        case Review.APPROVED:
            return False
        case Review.REJECTED:
            return now - since >= REJECTED_FOR
    return True
