"""The names a company may have taken where it chose one: guesses, to be proved by what is found under them."""

import re
import unicodedata

from leadboard.domain.found import AskedCompany
from leadboard.domain.identity import normalise_name, registrable_domain

_HANDLE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST = 39


def handles(asked: AskedCompany) -> tuple[str, ...]:
    """The likeliest first: the company's domain without its ending, its name in one word, its name with hyphens.

    Letters a-z, digits and single hyphens only, so that each can stand in an address.
    """
    name = unicodedata.normalize("NFKD", normalise_name(asked.name)).encode("ascii", "ignore").decode().split()
    guesses = (label(asked), "".join(name), "-".join(name))
    return tuple(dict.fromkeys(each for each in guesses if len(each) <= _LONGEST and _HANDLE.fullmatch(each)))


def label(asked: AskedCompany) -> str:
    """The company's domain without its ending; "" where it has none."""
    return registrable_domain(asked.domain).partition(".")[0]


def names(text: str, domain: str) -> bool:
    """Whether the text names this very domain (in lower case) or a host below it."""
    text = text.lower()
    return bool(domain) and domain in text and bool(re.search(rf"(?<![\w-]){re.escape(domain)}(?![\w-]|\.\w)", text))
