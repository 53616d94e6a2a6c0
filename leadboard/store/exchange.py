"""What US dollars are in other currencies, at the rates that the composition root says."""

from collections.abc import Mapping
from decimal import Decimal

from leadboard.domain.budgets import MICROS

_rates: dict[str, Decimal] = {}


def use(rates: Mapping[str, Decimal]) -> None:
    """Make these the process's rates: currency -> how much of it a US dollar is (composition root and tests)."""
    _rates.clear()
    _rates.update(rates)


def cents(micros: int, currency: str) -> int | None:
    """Millionths of a US dollar in hundredths of a currency; None where no rate is known."""
    rate = _rates.get(currency)
    return None if rate is None else round(micros * rate * 100 / MICROS)
