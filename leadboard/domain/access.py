"""A workspace's access to an outside service: what a key looks like, and how trying it ended."""

import unicodedata
from datetime import datetime, timedelta
from enum import StrEnum

from leadboard.domain.services import KeyKind, Service
from leadboard.errors import Refused

LONGEST_KEY = 500
LONGEST_CHECK = timedelta(minutes=2)
"""A check takes half a minute at most: one that is older died with its process, and may be asked for again."""


class AccessState(StrEnum):
    """How the last try of an access ended."""

    UNTRIED = "untried"
    CHECKING = "checking"
    WORKS = "works"
    KEY_REFUSED = "key_refused"
    USED_UP = "used_up"
    UNAVAILABLE = "unavailable"


_REFUSALS: dict[str, tuple[str, str]] = {
    "key_empty": ("key", "Paste the key here. The service shows it in its settings, mostly under API."),
    "key_long": ("key", f"A key has at most {LONGEST_KEY} characters. Copy only the key itself."),
    "key_spaces": ("key", "A key has no spaces or line breaks inside. Copy only the key itself."),
    "key_none": ("", "This service needs no key."),
}


def refusal(code: str) -> Refused:
    """The refusal behind a code, to be raised."""
    field, sentence = _REFUSALS[code]
    return Refused(sentence, field=field, code=code)


def sentence(code: str) -> str:
    """What a page shows for the code in its address; "" for one we do not know."""
    return _REFUSALS[code][1] if code in _REFUSALS else ""


def clean_key(service: Service, typed: str) -> str:
    """The key as it is sent, without what a copy drags along at its ends; refused where it can be none."""
    if service.key is KeyKind.NONE:
        raise refusal("key_none")
    key = typed.strip().strip("\ufeff\u200b").strip()
    if not key:
        raise refusal("key_empty")
    if len(key) > LONGEST_KEY:
        raise refusal("key_long")
    if not key.isascii() or any(char.isspace() or unicodedata.category(char)[0] == "C" for char in key):
        raise refusal("key_spaces")
    return key


def is_checking(state: str, asked_at: datetime | None, now: datetime) -> bool:
    """Whether a check is under way."""
    return state == AccessState.CHECKING and asked_at is not None and now - asked_at < LONGEST_CHECK
