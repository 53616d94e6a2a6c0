import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadboard.domain.icp import Icp, excluded_by, normalise, same_content, size_text
from leadboard.errors import Refused

WEIGHTS = {"data_quality": 20, "authority": 28, "company_fit": 25, "timing": 12, "risk": 15}


def test_weights_that_were_confirmed_belong_to_the_profile():
    weighed = normalise({"weights": dict(reversed(WEIGHTS.items()))})
    assert dict(weighed.weights) == WEIGHTS
    assert Icp.from_data(weighed.to_data()) == weighed
    assert not same_content(weighed, Icp())
    assert normalise({"weights": {}}) == normalise({"weights": None}) == Icp()


def test_a_profile_without_anything_specifies_nothing():
    assert normalise({}) == Icp()
    assert normalise({"industry": None, "company_size": None}) == Icp()


def test_lists_are_trimmed_without_blanks_and_repetitions():
    icp = normalise({"industry": ["  SaaS ", "", "saas", "Health   care", "   "]})

    assert icp.industry == ("SaaS", "Health care")


@pytest.mark.parametrize(
    ("raw", "field", "code"),
    [
        ({"industry": "SaaS"}, "industry", "invalid_list"),
        ({"signals": ["hiring", 3]}, "signals", "invalid_list"),
        ({"geographies": {"AU": 1}}, "geographies", "invalid_list"),
        ({"exclusions": [f"c{n}" for n in range(51)]}, "exclusions", "too_many_items"),
        ({"modalities": ["x" * 101]}, "modalities", "item_too_long"),
        ({"company_size": {"min": 51, "max": 50}}, "company_size", "invalid_size_range"),
        ({"company_size": {"min": -1, "max": 50}}, "company_size", "invalid_size_range"),
        ({"company_size": {"min": 1.5, "max": 50}}, "company_size", "invalid_size_range"),
        ({"company_size": {"min": True, "max": 50}}, "company_size", "invalid_size_range"),
        ({"company_size": {"min": "ten"}}, "company_size", "invalid_size_range"),
        ({"company_size": {"from": 3}}, "company_size", "invalid_size_range"),
        ({"company_size": [1, 2]}, "company_size", "invalid_size_range"),
        ({"industries": ["SaaS"]}, "industries", "unknown_field"),
        ({"weights": [20, 25, 25, 15, 15]}, "weights", "invalid_weights"),
        ({"weights": {"authority": 100}}, "weights", "invalid_weights"),
        ({"weights": WEIGHTS | {"authority": 60, "risk": 0}}, "weights", "invalid_weights"),
        ({"weights": WEIGHTS | {"authority": 29}}, "weights", "invalid_weights"),
        ({"weights": {name: weight / 100 for name, weight in WEIGHTS.items()}}, "weights", "invalid_weights"),
    ],
)
def test_a_bad_profile_is_refused_at_its_field(raw, field, code):
    with pytest.raises(Refused) as refused:
        normalise(raw)

    assert (refused.value.field, refused.value.code, refused.value.status) == (field, code, 422)
    assert refused.value.sentence.endswith(".")


def test_50_items_of_100_characters_are_allowed():
    items = [f"{n:03}".ljust(100, "x") for n in range(50)]

    assert normalise({"industry": [*items, items[0].upper(), " "]}).industry == tuple(items)


@pytest.mark.parametrize(
    ("size", "ends", "text"),
    [
        ({}, (0, 0), "any size"),
        ({"min": 0, "max": 0}, (0, 0), "any size"),
        ({"min": 5, "max": 50}, (5, 50), "5–50 people"),
        ({"min": 50, "max": 0}, (50, 0), "50 people or more"),
        ({"min": 50}, (50, 0), "50 people or more"),
        ({"min": 0, "max": 1500}, (0, 1500), "up to 1,500 people"),
        ({"min": 7, "max": 7}, (7, 7), "7 people"),
        ({"min": " 5 ", "max": ""}, (5, 0), "5 people or more"),
    ],
)
def test_a_size_range_is_read_and_said_in_words(size, ends, text):
    icp = normalise({"company_size": size})

    assert (icp.size_min, icp.size_max) == ends
    assert size_text(icp) == text


def test_the_order_of_tags_is_not_content_but_every_tag_and_size_is():
    icp = normalise({"industry": ["SaaS", "Health"], "company_size": {"min": 5, "max": 50}})

    assert same_content(
        icp, normalise({"industry": [" Health", "SaaS ", "saas"], "company_size": {"min": 5, "max": 50}})
    )
    assert not same_content(icp, normalise({"industry": ["SaaS"], "company_size": {"min": 5, "max": 50}}))
    assert not same_content(icp, normalise({"industry": ["SaaS", "Health"], "company_size": {"min": 5, "max": 51}}))
    assert not same_content(icp, normalise({"modalities": ["SaaS", "Health"], "company_size": {"min": 5, "max": 50}}))


@pytest.mark.parametrize(
    ("entry", "name", "domain"),
    [
        ("acme.com", "Acme", "www.Acme.com"),
        ("acme.com", "www.Acme.com", ""),
        ("https://www.acme.com/about", "Anything", "shop.acme.com"),
        ("ACME, Inc.", "Acme", "acme.io"),
        ("Acme", "acme Pty. Ltd.", ""),
    ],
)
def test_an_exclusion_removes_the_company_by_domain_or_name(entry, name, domain):
    assert excluded_by(Icp(exclusions=("Other", entry)), name, domain) == entry


@pytest.mark.parametrize(
    ("entry", "name", "domain"),
    [
        ("acme.com", "Acme Tools", "acme-tools.com"),
        ("acme.com", "Acme", "acme.com.au"),
        ("Acme", "Acme Tools", ""),
        ("Acme", "", ""),
        ("...", "!!!", ""),
    ],
)
def test_an_exclusion_spares_companies_that_only_look_alike(entry, name, domain):
    assert excluded_by(Icp(exclusions=(entry,)), name, domain) is None


tags = st.lists(st.text(max_size=12), max_size=8)
profiles = st.fixed_dictionaries(
    {"company_size": st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda e: {"min": min(e), "max": max(e)})},
    optional=dict.fromkeys(("industry", "modalities", "geographies", "signals", "exclusions"), tags),
)


@given(profiles)
def test_a_saved_profile_reads_back_the_same_and_saves_as_no_change(raw):
    icp = normalise(raw)

    assert Icp.from_data(icp.to_data()) == icp
    assert normalise(icp.to_data()) == icp
    assert same_content(normalise(icp.to_data()), icp)
