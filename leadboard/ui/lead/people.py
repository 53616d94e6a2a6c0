"""The people at a lead as its sheet shows them: whether they may be written to, and where each value is from."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from leadboard.domain.found import EmailStatus
from leadboard.domain.services import Task
from leadboard.domain.waterfall.decay import aged
from leadboard.domain.waterfall.passport import IMPORT, MANUAL, WEBSITE, Passport
from leadboard.domain.waterfall.record import PersonRecord
from leadboard.domain.waterfall.verification import is_due, needs_verification, why_blocked
from leadboard.store import catalogue, verifications
from leadboard.store.contacts import record_of
from leadboard.store.tables import Contact, Event, Lead
from leadboard.ui import words
from leadboard.ui.display import ContactRow, Link, PassportRow, Tone
from leadboard.ui.lead.package import source_link
from leadboard.ui.lead.receipts import als_receipt

LONGEST_WAIT = timedelta(minutes=10)
"""A verification that is not heard of for so long has ended without a word."""

_VERDICTS: dict[str, tuple[str, Tone]] = {
    "": ("Not verified", "neutral"),
    EmailStatus.VALID: ("Valid", "strong"),
    EmailStatus.INVALID: ("Invalid", "weak"),
    EmailStatus.VALID_CATCH_ALL: ("Catch-all, valid", "fair"),
    EmailStatus.CATCH_ALL: ("Catch-all", "fair"),
    EmailStatus.UNKNOWN: ("Unknown", "fair"),
}
_FIELDS = (("Name", "last_name"), ("Title", "title"), ("E-mail", "email"), ("Phone", "phone"), ("LinkedIn", "linkedin"))
_METHODS = {Task.PERSON: "asked about the person", Task.PEOPLE: "asked for people there"}
_PLAIN = {MANUAL: "Set by hand", WEBSITE: "Website"}


def contact_rows(contacts: Iterable[Contact], lead: Lead, events: Sequence[Event], now: datetime) -> list[ContactRow]:
    """A row per contact; `events` are the lead's, newest first."""
    verifying = _verifying(events, now)
    return [_row(contact, lead, str(contact.id) in verifying, now) for contact in contacts]


def _verifying(events: Iterable[Event], now: datetime) -> set[str]:
    """Ids of the contacts whose addresses are being verified."""
    last: dict[str, Event] = {}
    for event in events:
        if event.kind in (verifications.REQUESTED, verifications.ENDED, verifications.STOPPED):
            last.setdefault(event.data["contact"], event)
    return {
        contact
        for contact, event in last.items()
        if event.kind == verifications.REQUESTED and now - event.at < LONGEST_WAIT
    }


def _row(contact: Contact, lead: Lead, verifying: bool, now: datetime) -> ContactRow:
    tier = contact.als_tier or "cold"
    score = "" if contact.als_score is None else str(contact.als_score)
    allowed = (contact.als_receipt or {}).get("channels", [])
    status, verified_at = contact.email_status, contact.verified_at
    verdict, tone = _verdict(status, verified_at, now)
    return ContactRow(
        id=str(contact.id),
        name=contact.name or contact.email,
        title=contact.title,
        email=contact.email,
        verdict=verdict,
        verdict_tone=tone,
        blocked=why_blocked(status, verified_at, now) if status else "",
        verified=words.iso(verified_at),
        verified_by=_service(contact.verified_by),
        can_verify=is_due(status, verified_at, now),
        verifying=verifying,
        phone=contact.phone,
        phone_href=f"tel:{contact.phone}" if contact.phone else "",
        profile=Link("LinkedIn", contact.linkedin) if contact.linkedin else Link(),
        source=source_link(contact.source),
        als=score,
        tier=tier,  # type: ignore[arg-type]
        tier_word=f"{tier.capitalize()} {score}".strip(),
        channels=f"Allowed: {', '.join(allowed)}" if allowed else "No channel is allowed",
        receipt=als_receipt(contact),
        passports=_passports(contact, record_of(contact, lead), now),
    )


def _verdict(status: str, verified_at: datetime | None, now: datetime) -> tuple[str, Tone]:
    word, tone = _VERDICTS[status]
    if status and needs_verification(status, verified_at, now):
        return f"{word}, too old", "fair"
    return word, tone


def _passports(contact: Contact, record: PersonRecord, now: datetime) -> list[PassportRow]:
    """A row per value that is known, with where it is from and how sure it still is."""
    rows = []
    for label, field in _FIELDS:
        passport = record.passport(field) or (record.passport("first_name") if field == "last_name" else None)
        if passport is not None:
            value = contact.name if field == "last_name" else record.value(field)
            rows.append(_passport(label, field, value, passport, contact.source, now))
    return rows


def _passport(label: str, field: str, value: str, passport: Passport, source: str, now: datetime) -> PassportRow:
    age = aged(field, passport, now)
    return PassportRow(
        field=label,
        value=value,
        source=_source(passport, source),
        confidence=f"{age.confidence:.2f}",
        meter=round(100 * age.confidence),
        seen=words.iso(passport.seen_at),
        stale=age.stale and not passport.by_people,
        age=age.sentence,
        cost=words.usd(passport.cost_micros) if passport.cost_micros else "",
    )


def _source(passport: Passport, listed: str) -> str:
    if passport.source == IMPORT:
        return listed or "A list"
    named = _PLAIN.get(passport.source) or _service(passport.source)
    method = _METHODS.get(passport.method, "")  # type: ignore[call-overload]
    return f"{named}, {method}" if method else named


def _service(name: str) -> str:
    """What people call a service."""
    return next((service.label for service in catalogue.services() if service.name == name), name)
