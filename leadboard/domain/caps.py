"""Caps of a day as people type them, in US dollars."""

from decimal import Decimal, InvalidOperation

from leadboard.domain.budgets import MICROS
from leadboard.errors import Refused

MOST = 100_000
"""US dollars that a day may be allowed to cost."""


def read_cap(typed: str, field: str) -> int | None:
    """Millionths of a US dollar; None for nothing typed, which is no cap. Refuses what is no amount."""
    text = typed.strip().removeprefix("$").replace(",", "").strip()
    if not text:
        return None
    try:
        dollars = Decimal(text)
    except InvalidOperation:
        dollars = Decimal("NaN")
    if not dollars.is_finite() or dollars < 0:
        raise Refused("Type an amount of US dollars, like 12.50. Leave it empty for no cap.", field=field)
    if dollars > MOST:
        raise Refused(f"At most ${MOST:,} a day. Leave it empty for no cap.", field=field)
    return int(dollars * MICROS)
