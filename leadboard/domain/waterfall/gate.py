"""The acceptance gate: who has all that is needed to be written to, from sources that are sure enough."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Decimal
from enum import StrEnum

from leadboard.domain.waterfall.record import PersonRecord

REQUIRED = {
    "email": "the e-mail address",
    "first_name": "the first name",
    "last_name": "the last name",
    "company": "the company",
}
"""What has to be known of a person, and its name in a sentence."""

LEAST = Decimal("0.70")
"""Confidence from which a record is accepted, this one included."""

RETRY = timedelta(days=7)
"""How long a record that was not accepted rests before it is tried again."""

_EXACT = Decimal("1e-9")
"""What floats lose beyond the ninth decimal does not decide."""


class Status(StrEnum):
    """How an enrichment ended."""

    ACCEPTED = "accepted"
    PARTIAL = "partial"
    """Something was found, and not enough."""
    MISSING = "missing"
    """Nothing was found."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """`confidence`: the mean of the required fields, those without a value counting 0; `missing`: their names;
    `reasons`: why it was not accepted, in sentences."""

    status: Status
    confidence: float
    missing: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether the record passed."""
        return self.status is Status.ACCEPTED


def judge(record: PersonRecord) -> Judgement:
    """Whether a record is accepted: all four fields there, their mean confidence 0.70 or more."""
    missing = tuple(name for name in REQUIRED if not record.value(name))
    mean = _mean(record)
    reasons = [f"{REQUIRED[name].capitalize()} is missing." for name in missing]
    if not missing and mean < LEAST:
        reasons.append(f"Its sources are {_percent(mean)} sure of it on average, and {_percent(LEAST)} is the least.")
    if not reasons:
        return Judgement(Status.ACCEPTED, float(mean))
    status = Status.PARTIAL if _something_found(record) else Status.MISSING
    return Judgement(status, float(mean), missing, tuple(reasons))


def _mean(record: PersonRecord) -> Decimal:
    """The mean over the required fields, one without a value counting 0, in exact tenths."""
    sure = [passport.confidence for name in REQUIRED if (passport := record.passport(name))]
    return sum(map(_exact, sure), Decimal()) / len(REQUIRED)


def _exact(confidence: float) -> Decimal:
    return Decimal(str(confidence)).quantize(_EXACT, rounding=ROUND_HALF_EVEN)


def _something_found(record: PersonRecord) -> bool:
    """Whether there is an address, or anything that is not just the word of people."""
    held = (record.passport(name) for name in record.fields)
    return bool(record.email) or any(passport and not passport.by_people for passport in held)


def _percent(share: Decimal) -> str:
    """Rounded down, so that what was too little never reads as enough: 69.9 %."""
    return f"{(share * 100).quantize(Decimal('0.1'), rounding=ROUND_DOWN).normalize():f} %"
