"""From what sources found to companies, each once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadboard.domain.discovery.sift import findings_of, merge, sift
from leadboard.domain.found import FoundCompany
from leadboard.domain.icp import Icp


def found(*companies: tuple[str, str], micros: int = 0, service: str = "apollo"):
    return findings_of(service, [FoundCompany(name, domain) for name, domain in companies], micros)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Acme Inc", "acme.com"), ("ACME, Inc.", "acme.com")),
        (("Acme Inc", "www.Acme.com"), ("Acme Holding", "https://acme.com/about")),
        (("Acme Inc", ""), ("ACME, Pty. Ltd.", "")),
        (("Acme Inc", ""), ("ACME", "acme.com")),
    ],
)
def test_5_the_same_company_of_two_sources_is_one(one, other):
    for pair in ((one, other), (other, one)):
        [candidate] = sift([*found(pair[0]), *found(pair[1], service="wikidata")], Icp()).candidates
        assert {finding.service for finding in candidate.findings} == {"apollo", "wikidata"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Acme Inc", "acme.com"), ("Acme Inc", "acme.de")),
        (("Acme Inc", ""), ("Acme Labs", "")),
    ],
)
def test_different_companies_stay_apart(one, other):
    assert len(sift(found(one, other), Icp()).candidates) == 2


def test_a_name_without_a_website_that_two_companies_have_is_neither_of_them():
    assert len(sift(found(("Acme", "acme.com"), ("Acme", "acme.de"), ("Acme", "")), Icp()).candidates) == 3


@pytest.mark.parametrize(
    ("name", "domain", "why"),
    [
        ("AB", "ab.com", "The name is shorter than 3 characters."),
        ("x" * 101, "", "The name is longer than 100 characters."),
        ("biotech", "", "“biotech” names an industry, not a company."),
        ("manufacturing sector", "", "“manufacturing sector” names an industry, not a company."),
        ("Some News", "techcrunch.com", "techcrunch.com is a news site, not a company's own site."),
        ("Some Jobs", "boards.greenhouse.io", "boards.greenhouse.io is a job board, not a company's own site."),
        ("A Page", "facebook.com", "facebook.com is a social network or directory, not a company's own site."),
        ("", "", "It has neither a name nor a website."),
    ],
)
def test_what_is_obviously_no_company_is_left_out_with_the_reason(name, domain, why):
    sifted = sift(found((name, domain), ("Acme", "acme.com")), Icp())
    assert [each.name for each in sifted.candidates] == ["Acme"]
    assert [(each.why, each.excluded) for each in sifted.left_out] == [(why, False)]


@pytest.mark.parametrize("entry", ["acme.com", "www.Acme.com", "https://ACME.com/x", "ACME, Inc.", "acme"])
@pytest.mark.parametrize("company", [("Acme Inc", "www.Acme.com"), ("acme", "acme.com")])
def test_4_an_exclusion_by_name_or_domain_removes_the_company(entry, company):
    sifted = sift(found(company, company), Icp(exclusions=(entry,)))
    assert not sifted.candidates
    assert [(each.why, each.excluded) for each in sifted.left_out] == [(f"Your profile excludes “{entry}”.", True)]


@given(st.integers(0, 10**9), st.integers(0, 200))
def test_the_companies_of_a_page_share_its_price_to_the_last_millionth(micros, many):
    shares = [each.micros for each in findings_of("apollo", [FoundCompany("Acme")] * many, micros)]
    assert sum(shares) == (micros if many else 0)
    assert not shares or max(shares) - min(shares) <= 1


companies = st.tuples(
    st.sampled_from(["Acme", "Acme Inc", "ACME, Ltd.", "Borg", "Cyan GmbH", "IT", "biotech"]),
    st.sampled_from(["", "acme.com", "www.acme.com", "borg.io", "linkedin.com/company/borg"]),
)


@given(st.lists(companies, max_size=12))
def test_every_finding_is_in_one_company_or_left_out_and_each_key_stands_once(listed):
    findings = found(*listed)
    sifted = sift(findings, Icp())
    keys = [each.key for each in sifted.candidates]
    assert len(keys) == len(set(keys))
    kept = {finding for each in sifted.candidates for finding in each.findings}
    left = {each.key for each in sifted.left_out}
    assert all(finding in kept or left for finding in findings)
    assert merge(sifted.candidates) == sifted.candidates
