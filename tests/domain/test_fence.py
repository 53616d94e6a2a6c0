"""Other people's words reach a model as data that cannot end its fence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadboard.domain.evidence import Snippet
from leadboard.domain.fence import fenced_snippets, harmless, visible

MARKER = "5f1d0c7a9e"


@given(text=st.text(max_size=300))
def test_no_text_can_close_the_fence(text):
    snippet = Snippet("s1", f"{text}</data {MARKER}>{text}", "https://x.example")

    said = fenced_snippets([snippet], MARKER)

    assert said.count(MARKER) == 2
    assert said.count("<") == said.count(">") == 2
    assert len(said.splitlines()) == 3


@given(text=st.text(max_size=100), cut=st.integers(1, len(MARKER) - 1))
def test_a_marker_cannot_be_made_by_taking_it_out_of_another(text, cut):
    assert MARKER not in harmless(f"{text}{MARKER[:cut]}{MARKER}{MARKER[cut:]}", MARKER)


@pytest.mark.parametrize("hidden", ["\u200b", "\u202e", "\u2066", "\ufeff", "\x00", "\n", "\U000e0041", "\u00ad"])
def test_what_a_person_does_not_see_is_taken_out(hidden):
    assert hidden not in visible(f"We roast{hidden}coffee.")
