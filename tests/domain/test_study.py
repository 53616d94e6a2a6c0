"""The study of a website: which addresses it takes, and how what it finds becomes a profile."""

import pytest

from leadboard.domain.study import Proposal, clean_website, proposals, size_of, weights_of
from leadboard.errors import Refused

FOUND = {
    "icp": {
        "icp_industries": ["healthcare", "Aged care"],
        "icp_sizes": ["11-50", "51-200"],
        "icp_locations": ["Australia"],
        "icp_signals": [],
        "icp_titles": ["Practice Manager"],
    },
    "confidences": {"icp_industries": 0.8, "icp_sizes": 0.5},
    "evidence": [
        {
            "field": "icp_industries",
            "value": "healthcare",
            "count": 4,
            "known": 5,
            "companies": ["Corella", "Redgum"],
            "words": [],
        },
        {
            "field": "icp_locations",
            "value": "Australia",
            "count": 0,
            "known": 0,
            "companies": [],
            "words": ["in Australia"],
        },
    ],
}


@pytest.mark.parametrize(
    ("typed", "website"),
    [
        ("acme.com", "acme.com"),
        (" https://www.Acme.com/en?x=1 ", "https://www.Acme.com/en?x=1"),
        ("http://münchen.example.de", "http://münchen.example.de"),
        ("acme .com", "acme.com"),
    ],
)
def test_an_address_is_taken_as_it_is_read(typed, website):
    assert clean_website(typed) == website


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "  ",
        "not a site",
        "acme",
        "http://169.254.169.254/latest/meta-data",
        "http://localhost:3000",
        "file:///etc/passwd",
        "ftp://acme.com",
        "javascript://acme.com/%0aalert(1)",
        "a" * 400 + ".com",
    ],
)
def test_what_is_no_website_is_refused_at_its_field(typed):
    with pytest.raises(Refused) as refused:
        clean_website(typed)
    assert refused.value.field == "website"


def test_what_was_found_is_proposed_in_the_words_of_the_profile_with_its_reasons():
    assert proposals(FOUND) == [
        Proposal("industry", ("Healthcare", "Aged care"), 0.8, ("Healthcare: 4 of 5 clients (Corella, Redgum)",)),
        Proposal("company_size", ("11–200 people",), 0.5),
        Proposal("geographies", ("Australia",), 0.0, ("Australia: “in Australia”",)),
    ]


WEIGHTS = {"data_quality": 20, "authority": 28, "company_fit": 25, "timing": 12, "risk": 15}


def test_weights_are_proposed_with_why():
    reasons = [{"component": "authority", "weight": 28, "why": "they sell to large companies"}]
    found = {"weights": {"weights": WEIGHTS, "reasoning": reasons, "confidence": 0.6}}
    text = "Data quality 20, authority 28, company fit 25, timing 12, risk 15"
    assert proposals(found) == [Proposal("weights", (text,), 0.6, ("Authority 28: they sell to large companies",))]
    assert weights_of(found) == WEIGHTS
    assert weights_of({"weights": None}) == {}


@pytest.mark.parametrize(
    ("bands", "size"),
    [
        (["11-50"], (11, 50)),
        (["51-200", "1-10"], (1, 200)),
        (["501+"], (501, 0)),
        (["501+", "11-50"], (11, 0)),
        ([], None),
    ],
)
def test_bands_become_the_lowest_and_the_highest_size(bands, size):
    assert size_of({"icp": {"icp_sizes": bands}}) == size


@pytest.mark.parametrize("found", [{}, {"icp": None}, {"icp": {}}, {"icp": {"icp_industries": []}}])
def test_nothing_found_proposes_nothing(found):
    assert (proposals(found), size_of(found)) == ([], None)
