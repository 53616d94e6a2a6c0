"""What a key looks like."""

import pytest

from leadboard.domain.access import LONGEST_KEY, clean_key, sentence
from leadboard.domain.services import KeyKind, Pace, Service
from leadboard.errors import Refused

PAID = Service("oracle", "Oracle", "https://oracle.example", KeyKind.PAID, (), Pace(1))
OPEN = Service("open", "Open", "https://open.example", KeyKind.NONE, (), Pace(1))


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("k-1", "k-1"),
        ("  k-1\n", "k-1"),
        ("\ufeffk-1\u200b", "k-1"),
        ("aGVsbG8/+=_.~:", "aGVsbG8/+=_.~:"),
        ("x" * LONGEST_KEY, "x" * LONGEST_KEY),
    ],
)
def test_a_key_is_kept_as_it_is_sent(typed, key):
    assert clean_key(PAID, typed) == key


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "key_empty"),
        (" \n", "key_empty"),
        ("\u200b", "key_empty"),
        ("two words", "key_spaces"),
        ("a\r\nX-Other: b", "key_spaces"),
        ("a\x00b", "key_spaces"),
        ("schlüssel", "key_spaces"),
        ("x" * (LONGEST_KEY + 1), "key_long"),
    ],
)
def test_what_can_be_no_key_is_refused_at_its_field(typed, code):
    with pytest.raises(Refused) as refused:
        clean_key(PAID, typed)
    assert (refused.value.code, refused.value.field, refused.value.sentence) == (code, "key", sentence(code))


def test_a_service_without_keys_takes_none():
    with pytest.raises(Refused, match="needs no key"):
        clean_key(OPEN, "k-1")
    assert sentence("<script>") == ""
