"""What a workspace is called, what it counts in and whose clock it follows."""

from dataclasses import dataclass
from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from babel.numbers import is_currency

from leadboard.errors import Refused


@dataclass(frozen=True)
class Details:
    """`currency` is an ISO 4217 code, `time_zone` a name of the IANA database."""

    name: str = ""
    currency: str = ""
    time_zone: str = ""


def clean_currency(typed: str) -> str:
    """A currency's code in capitals; refused when there is none of it."""
    code = typed.strip().upper()
    if not is_currency(code, locale="en"):
        raise Refused("There is no such currency. Use its code of three letters, such as EUR.", field="currency")
    return code


def clean_time_zone(typed: str) -> str:
    """A time zone by its name, whatever its case and with spaces for underscores; refused when there is none of it."""
    name = _zones().get(typed.strip().replace(" ", "_").casefold())
    if name is None:
        raise Refused("There is no such time zone. Use a name such as Europe/Berlin or UTC.", field="time_zone")
    return name


def currencies() -> dict[str, str]:
    """Every currency's code -> its name in English."""
    return dict(sorted(Locale("en").currencies.items()))


@cache
def _zones() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones()}


def time_zones() -> list[str]:
    """The names of places people live at, such as Europe/Berlin, and UTC."""
    areas = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
    return ["UTC", *sorted(name for name in _zones().values() if name.startswith(tuple(f"{area}/" for area in areas)))]
