import pytest

from leadboard.domain.company import Company
from leadboard.domain.waterfall.segments import EVERY, label, segment_of, widening


@pytest.mark.parametrize(
    ("company", "segment", "said"),
    [
        (
            Company("Dental care", 11, 20, "Australia"),
            "AU/small/healthcare",
            "Australia, small, healthcare",
        ),
        (Company(), "?/?/?", "unknown country, unknown size, unknown industry"),
        (
            Company("Basket weaving", 3, 3, "Atlantis"),
            "?/micro/?",
            "unknown country, micro, unknown industry",
        ),
    ],
)
def test_the_kind_of_a_company(company, segment, said):
    assert segment_of(company) == segment
    assert label(segment) == said


def test_a_kind_lies_in_wider_ones():
    assert widening("AU/small/healthcare") == ("AU/small/healthcare", "AU/small", "AU", EVERY)
    assert widening(EVERY) == (EVERY,)


def test_wider_kinds_have_names_too():
    assert [label(kind) for kind in widening("NO/micro/?")] == [
        "Norway, micro, unknown industry",
        "Norway, micro",
        "Norway",
        "every lead",
    ]
