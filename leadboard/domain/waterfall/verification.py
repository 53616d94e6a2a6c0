"""When an address may be written to: only a verification that says `valid`, and not an old one.

Verified before an export or the first message, never during enrichment. Another address starts without a verification.
"""

from datetime import datetime, timedelta

from leadboard.domain.found import EmailStatus

HOLDS = timedelta(days=90)
"""How long a verification counts; an older one is made again at the next export."""

NOBODY = "No service that verifies addresses can be asked. An admin adds the key of one under Providers."

_PAID = frozenset({EmailStatus.VALID, EmailStatus.INVALID, EmailStatus.VALID_CATCH_ALL})

_BLOCKED = {
    EmailStatus.INVALID: "The address takes no mail.",
    EmailStatus.VALID_CATCH_ALL: "The domain takes mail for any address, so nobody knows whether this one is read.",
    EmailStatus.CATCH_ALL: "The domain takes mail for any address, so nobody knows whether this one exists.",
    EmailStatus.UNKNOWN: "The verification could not tell whether the address takes mail.",
}


def is_paid(status: EmailStatus) -> bool:
    """Whether a verification that came to this costs something."""
    return status in _PAID


def needs_verification(status: str, verified_at: datetime | None, now: datetime) -> bool:
    """Whether an address (status "" before its first verification) has to be verified before it is used."""
    return not status or verified_at is None or now - verified_at > HOLDS


def is_due(status: str, verified_at: datetime | None, now: datetime) -> bool:
    """Whether verifying an address now tells something new; where nobody could tell, asking again may."""
    return status == EmailStatus.UNKNOWN or needs_verification(status, verified_at, now)


def why_blocked(status: str, verified_at: datetime | None, now: datetime) -> str:
    """Why an address may not be exported or written to at `now`, as a sentence; "" when it may."""
    if not status or verified_at is None:
        return "The address was never verified."
    if now - verified_at > HOLDS:
        return f"The address was verified {(now - verified_at).days} days ago, and that counts for {HOLDS.days} days."
    return _BLOCKED.get(EmailStatus(status), "")


def is_exportable(status: str, verified_at: datetime | None, now: datetime) -> bool:
    """Whether an address may be exported and written to."""
    return not why_blocked(status, verified_at, now)
