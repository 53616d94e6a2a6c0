"""Which texts are kinds of lead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadboard.domain.company import Company
from leadboard.domain.waterfall.segments import is_segment, segment_of, widening


@pytest.mark.parametrize("text", ["", "AU", "AU/small", "AU/small/healthcare", "?", "?/?/?", "NO/?"])
def test_kinds_of_lead_are_known(text: str) -> None:
    assert is_segment(text)


@pytest.mark.parametrize("text", ["au", "XX", "AU/", "AU/tiny", "AU/small/healthcare/x", "AU/small/x", "/small", "//"])
def test_any_other_text_is_none(text: str) -> None:
    assert not is_segment(text)


@given(country=st.sampled_from(["", "Norway", "nowhere"]), people=st.none() | st.integers(1, 9_999))
def test_every_kind_that_a_company_is_of_is_one(country: str, people: int | None) -> None:
    segment = segment_of(Company(country=country, headcount_min=people, industry="biotech"))
    assert all(map(is_segment, widening(segment)))
