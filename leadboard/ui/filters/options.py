"""What a filter can ask for, as a board offers it, and the form of it back as an address."""

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlencode

from leadboard.domain.filters import BANDS, KEYS, NOBODY, LeadFilter, Span
from leadboard.domain.places import country_code, country_name
from leadboard.domain.stages import COLUMN_TITLES
from leadboard.store.board import Choices
from leadboard.ui import words
from leadboard.ui.display import FilterEnds, FilterGroup, FilterOption

BAND_LABELS = {"strong": "Strong, 70 or more", "fair": "Fair, 40–69", "weak": "Weak, below 40", "none": "Not scored"}

SPANS = ("size", "value")


Offer = tuple[str, str, str]
"""A word of the address, its label, and of how many leads it is (empty when nobody counted)."""


def groups(now: LeadFilter, there: Choices, columns: Sequence[str]) -> list[FilterGroup]:
    """Everything to choose from; what is chosen now stands among it even when no lead has it any more."""
    owners = [(NOBODY, "Nobody", ""), *((name, name, words.count(many)) for name, many in there.owner)]
    countries = [
        (code, country_name(code), words.count(many)) for code, many in there.country if country_code(code) == code
    ]
    found = {
        "score": ("Fit", [(band, BAND_LABELS[band], "") for band in BANDS]),
        "stage": ("Stage", [(str(column), COLUMN_TITLES[column], "") for column in columns]),
        "owner": ("Owner", owners),
        "industry": ("Industry", [(name, name, words.count(many)) for name, many in there.industry]),
        "country": ("Country", sorted(countries, key=lambda country: country[1])),
        "tag": ("Tag", [(tag, tag, words.count(many)) for tag, many in there.tag]),
    }
    return [
        FilterGroup(title, [_option(key, each, now) for each in (*options, *_chosen_beside(key, options, now))])
        for key, (title, options) in found.items()
        if options
    ]


def _option(key: str, option: Offer, now: LeadFilter) -> FilterOption:
    word, label, leads = option
    return FilterOption(f"{key}={word}", label, leads, chosen=word in getattr(now, key))


def _chosen_beside(
    key: str, options: Sequence[tuple[str, str, str]], now: LeadFilter
) -> Iterator[tuple[str, str, str]]:
    offered = {word for word, _, _ in options}
    return ((word, word, "0") for word in getattr(now, key) if word not in offered)


def ends(now: LeadFilter) -> FilterEnds:
    """The ranges of a filter as their fields hold them."""
    return FilterEnds(*("" if end is None else str(end) for end in (*now.size, *now.value)))


def asked(form: Mapping[str, str], now: LeadFilter) -> str:
    """The query that a form asks for: a name for each box that is ticked ("country=NO"), the ends of the ranges, and
    the text, which stays as it is when the form has none."""
    ticked = [(key, word) for key, sign, word in (name.partition("=") for name in form) if sign and key in KEYS]
    spans = [(key, f"{low}-{high}") for key in SPANS for low, high in [_ends(form, key)] if low or high]
    text = [("q", form.get("q", now.q))]
    return urlencode([(key, word) for key, word in (*text, *ticked, *spans) if word])


def _ends(form: Mapping[str, str], key: str) -> tuple[str, str]:
    low, high = (form.get(f"{key}_{end}", "").strip() for end in Span._fields)
    return low, high
