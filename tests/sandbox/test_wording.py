"""Searches of full text in the demo world."""

import pytest

from leadboard.sandbox.tokens import opened, sealed
from leadboard.sandbox.wording import says

TEXT = "A Study of HF-101 in Patients With Rare Diseases of the Eye"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", True),
        ('"rare disease"', True),
        ('"disease rare"', False),
        ("disease rare", True),
        ('"gene therapy" OR "rare diseases"', True),
        ('"gene therapy" OR "cell therapy"', False),
        ('hf-101 "eye"', True),
        ('hf-101 "ear"', False),
        ("ORAL", False),
    ],
)
def test_a_text_holds_a_phrase_or_any_of_several(query: str, expected: bool):
    assert says(TEXT, query) is expected


def test_a_token_carries_what_it_stands_for_in_letters_and_digits():
    token = sealed(["café in Leeds", 20, {"a": None}])
    assert token.isalnum()
    assert opened(token) == ["café in Leeds", 20, {"a": None}]


@pytest.mark.parametrize("token", ["", "zz", "7b", "7b7d7d", "7b7"])
def test_a_text_that_is_no_token_is_told(token: str):
    with pytest.raises(ValueError, match=r"hexadecimal|unexpected|empty"):
        opened(token)
