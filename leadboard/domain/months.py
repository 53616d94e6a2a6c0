"""Calendar months."""

import calendar
from datetime import date


def months_before(day: date, months: int) -> date:
    """The same day so many calendar months earlier; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    month += 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
