import csv
import gzip
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadboard.domain.identity import (
    identity_key,
    is_legal_form,
    normalise_name,
    registrable_domain,
    why_not_a_company,
)

YC = Path(__file__).parents[2] / "../shared/data/yc_companies/yc_companies.csv.gz"


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("acme.com", "acme.com"),
        ("WWW.Acme.COM.", "acme.com"),
        ("https://www.acme.co.uk/team?x=1#y", "acme.co.uk"),
        ("http://user:secret@shop.acme.com:8080/", "acme.com"),
        ("acme.com:8080", "acme.com"),
        ("//acme.com/path", "acme.com"),
        ("http:/acme.com", "acme.com"),
        ("ada@mail.acme.com", "acme.com"),
        ("mailto:ada@acme.com", "acme.com"),
        ("acme.com, acme.de", "acme.com"),
        ("https://bücher.de", "xn--bcher-kva.de"),
        ("xn--bcher-kva.de", "xn--bcher-kva.de"),
        ("https://acme.github.io/page", "acme.github.io"),
        ("github.io", "github.io"),
        ("www.netlify.app", "netlify.app"),
        ("www.nordlicht.example", "nordlicht.example"),
        ("192.168.0.1", ""),
        ("http://[::1]/", ""),
        ("localhost", ""),
        ("co.uk", ""),
        ("www.co.uk", "www.co.uk"),
        ("www.com", "www.com"),
        ("n/a", ""),
        ("http://", ""),
        ("Acme Inc.", ""),
        ("a..b.com", ""),
        ("-acme-.com", ""),
        ("x" * 64 + "." + "y" * 300, ""),
        ("", ""),
    ],
)
def test_the_registrable_domain_of_an_address(address, domain):
    assert registrable_domain(address) == domain


@pytest.mark.parametrize(
    ("name", "normalised"),
    [
        ("Acme Inc", "acme"),
        ("ACME, Inc.", "acme"),
        ("Acme Pty. Ltd.", "acme"),
        ("Acme L.L.C.", "acme"),
        ("Müller GmbH & Co", "müller"),
        ("Boston Beer Company", "boston beer"),
        ("Inc Research", "inc research"),
        ("Coinbase", "coinbase"),
        ("Co", "co"),
        ("Macy's", "macys"),
        ("Macy’s", "macys"),
        ("Yahoo!", "yahoo"),
        ("I.B.M.", "ibm"),
        ("  Acme -  Tools ", "acme tools"),
        ("ＡＣＭＥ", "acme"),
        ("हिन्दी", "हिन्दी"),
        ("!!!", ""),
    ],
)
def test_a_name_loses_case_punctuation_and_legal_form(name, normalised):
    assert normalise_name(name) == normalised


def test_two_spellings_with_one_domain_are_one_company():
    assert identity_key("Acme Inc", "https://www.acme.com") == identity_key("ACME, Inc.", "acme.com") == "acme.com"


def test_without_a_domain_the_name_decides():
    assert identity_key("ACME, Inc.", "") == identity_key("Acme", "http://") == "acme"


def test_a_page_on_somebody_elses_site_does_not_make_companies_one():
    key = identity_key("Acme", "https://www.facebook.com/acme")

    assert key == "acme"
    assert identity_key("Borealis", "https://www.facebook.com/borealis") != key
    assert identity_key("Acme", "joe@gmail.com") == key


@pytest.mark.parametrize(
    ("name", "domain", "says"),
    [
        ("X1", "x1.new", "shorter than 3"),
        ("  X ", "", "shorter than 3"),
        ("x" * 101, "", "longer than 100"),
        ("biotech", "", "an industry"),
        ("Manufacturing sector", "", "an industry"),
        ("Real Estate", "", "an industry"),
        ("10 best SaaS tools", "https://techcrunch.com/x", "news site"),
        ("Engineer at Acme", "https://au.indeed.com/job", "job board"),
        ("Acme", "linkedin.com/company/acme", "social network"),
        ("Joe Smith", "gmail.com", "free mail"),
    ],
)
def test_obvious_non_companies_are_told_with_a_reason(name, domain, says):
    assert says in (why_not_a_company(name, domain) or "")


@pytest.mark.parametrize(
    ("name", "domain"),
    [
        ("IBM", "ibm.com"),
        ("x" * 100, ""),
        ("Biotech Ltd", ""),
        ("Biotech Systems", ""),
        ("Google", "google.com"),
        ("Notindeed", "notindeed.com"),
        ("Smart Retail Lab", ""),
    ],
)
def test_companies_are_not_turned_away(name, domain):
    assert why_not_a_company(name, domain) is None


@given(st.text(max_size=60))
def test_normalising_twice_changes_nothing(text):
    assert normalise_name(normalise_name(text)) == normalise_name(text)
    assert registrable_domain(registrable_domain(text)) == registrable_domain(text)


labels = st.from_regex(r"[a-z][a-z0-9]{0,20}", fullmatch=True)


@given(
    labels, st.sampled_from(["com", "co.uk", "io", "github.io", "example"]), st.sampled_from(["", "www.", "https://"])
)
def test_case_scheme_and_path_are_not_identity(label, suffix, before):
    domain = f"{label}.{suffix}"
    spelled = f"{before}{domain.upper()}/About"

    assert registrable_domain(spelled) == registrable_domain(domain)
    assert identity_key("A", spelled) == identity_key("B", domain) or why_not_a_company("Acme", domain)


def test_the_suffix_list_needs_no_network(monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("asked the network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)

    assert registrable_domain("https://never.seen.before.co.nz") == "before.co.nz"


def test_real_companies_keep_apart(long_fields):
    if not YC.exists():
        pytest.skip(f"{YC} is absent: identity is not checked on real companies")
    with gzip.open(YC, "rt", encoding="utf-8", newline="") as file:
        rows = [(row["name"], row["website"]) for row in csv.DictReader(file)]
    keys = [identity_key(name, website) for name, website in rows]

    assert all(keys)
    assert len(rows) == 5617
    assert len(rows) - len(set(keys)) <= 4
    turned_away = sum(why_not_a_company(name, website) is not None for name, website in rows)
    assert turned_away < len(rows) * 0.005


@pytest.mark.parametrize("text", ["Inc.", "LLC", "L.L.C.", "Pty. Ltd.", "GMBH", "co., ltd", "Corporation"])
def test_a_legal_form_alone_is_known(text: str) -> None:
    assert is_legal_form(text)


@pytest.mark.parametrize("text", ["", " ", ".", "Acme Inc.", "Incline", "Cobalt", "Co-op"])
def test_a_name_is_no_legal_form(text: str) -> None:
    assert not is_legal_form(text)
