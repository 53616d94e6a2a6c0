"""Phone numbers of a column: as phonenumbers reads them, but at the pace of a file of 100,000 rows.

Nearly all cells are plain: digits and the usual signs. Those are held against the library's own patterns directly, at a
hundredth of its price; everything it would have to think about (letters, extensions, carriers) is left to it.
"""

import re
from functools import cache, lru_cache
from typing import Any

import phonenumbers
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

_PLAIN = re.compile(r"\+?[\d\s().\-–/]+")
_KINDS = (
    *("fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost"),
    *("personal_number", "voip", "pager", "uan", "voicemail"),
)


@lru_cache(maxsize=4096)
def e164(text: str, region: str = "") -> str:
    """The number in E.164 when it is a valid one, else empty. `region` (ISO alpha-2) is for numbers without a +."""
    if text.startswith("00"):
        text = f"+{text[2:]}"
    return _quick(text, region) or _slow(text, region)


def _quick(text: str, region: str) -> str:
    """The answer for plain numbers whose validity the patterns alone decide."""
    if not _PLAIN.fullmatch(text):
        return ""
    digits = re.sub(r"\D", "", text)
    if text.startswith("+"):
        code = next((code for length in (1, 2, 3) if _sharing(code := digits[:length])), "")
        return _checked(code, digits[len(code) :]) if code else ""
    data = PhoneMetadata.metadata_for_region(region, None) if region else None
    if data is None:
        return ""
    prefix = data.national_prefix or ""
    if prefix and digits.startswith(prefix) and not data.national_prefix_transform_rule:
        if _pattern(region).fullmatch(digits):
            return ""
        digits = digits[len(prefix) :]
    return _checked(str(data.country_code), digits)


def _checked(code: str, number: str) -> str:
    """The number in E.164 when a region of the country code has it as it stands; else the library has to look."""
    regions = _sharing(code)
    if _prefix(regions[0]).match(number) or not any(_pattern(region).fullmatch(number) for region in regions):
        return ""
    return f"+{code}{number}"


def _slow(text: str, region: str) -> str:
    try:
        number = phonenumbers.parse(text, region or None)
    except phonenumbers.NumberParseException:
        return ""
    valid = phonenumbers.is_valid_number(number)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if valid else ""


def _sharing(code: str) -> tuple[str, ...]:
    """The countries that share a country code: 1 is the United States, Canada and the Caribbean."""
    return COUNTRY_CODE_TO_REGION_CODE.get(int(code), ()) if code and code[0] != "0" else ()


@cache
def _pattern(region: str) -> re.Pattern[str]:
    """One pattern of all kinds of numbers a region has."""
    data: Any = PhoneMetadata.metadata_for_region(region, None)
    kinds = [getattr(data, kind, None) for kind in _KINDS] if data else []
    patterns = [kind.national_number_pattern for kind in kinds if kind and kind.national_number_pattern]
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns) or r"(?!)")


@cache
def _prefix(region: str) -> re.Pattern[str]:
    """What a trunk or carrier prefix looks like: only the library can tell one from the beginning of a number."""
    data: Any = PhoneMetadata.metadata_for_region(region, None)
    return re.compile((data and data.national_prefix_for_parsing) or r"(?!)")
