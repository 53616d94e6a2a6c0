"""What a workspace may be counted in and follow."""

import pytest

from leadboard.domain.workspace import clean_currency, clean_time_zone, currencies, time_zones
from leadboard.errors import Refused


@pytest.mark.parametrize(("typed", "kept"), [("EUR", "EUR"), (" usd ", "USD"), ("jpy", "JPY")])
def test_a_currency_is_kept_in_capitals(typed, kept):
    assert clean_currency(typed) == kept


@pytest.mark.parametrize("typed", ["", "EURO", "€", "XX", "E R", "€UR"])
def test_what_is_no_currency_is_refused_at_its_field(typed):
    with pytest.raises(Refused) as refused:
        clean_currency(typed)
    assert refused.value.field == "currency"
    assert "EUR" in refused.value.sentence


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        (" America/New York ", "America/New_York"),
        ("utc", "UTC"),
    ],
)
def test_a_time_zone_is_kept_by_its_name(typed, kept):
    assert clean_time_zone(typed) == kept


@pytest.mark.parametrize("typed", ["", "Berlin", "Mars/Olympus", "../../etc/passwd", "UTC+2"])
def test_what_is_no_time_zone_is_refused_at_its_field(typed):
    with pytest.raises(Refused) as refused:
        clean_time_zone(typed)
    assert refused.value.field == "time_zone"


def test_what_is_offered_is_accepted():
    assert all(clean_currency(code) == code for code in currencies())
    assert all(clean_time_zone(name) == name for name in time_zones())
    assert {"EUR", "USD"} <= currencies().keys()
    assert {"UTC", "Europe/Berlin"} <= set(time_zones())
