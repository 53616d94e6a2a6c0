"""Guessing the names that companies take."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadboard.domain.found import AskedCompany
from leadboard.providers.handles import handles, names


@pytest.mark.parametrize(
    ("name", "domain", "guessed"),
    [
        ("Helix Forge, Inc.", "www.helixforge.example", ("helixforge", "helix-forge")),
        ("Helix Forge", "helix.co.uk", ("helix", "helixforge", "helix-forge")),
        ("Müller & Söhne GmbH", "", ("mullersohne", "muller-sohne")),
        ("", "helix-forge.example", ("helix-forge",)),
        ("Кофе", "кофе.рф", ()),
        ("", "", ()),
    ],
)
def test_a_handle_is_guessed_from_domain_and_name(name, domain, guessed):
    assert handles(AskedCompany(name, domain)) == guessed


@given(st.text(), st.text())
def test_a_handle_can_always_stand_in_an_address(name, domain):
    assert all(each.replace("-", "").isalnum() and each.isascii() for each in handles(AskedCompany(name, domain)))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Write to jobs@Acme.com.", True),
        ("https://www.acme.com/jobs", True),
        ("notacme.com", False),
        ("not-acme.com", False),
        ("acme.com.au", False),
        ("acme.community", False),
        ("", False),
    ],
)
def test_a_domain_is_named_by_itself_or_by_a_host_below_it(text, said):
    assert names(text, "acme.com") is said
    assert not names(text, "")
