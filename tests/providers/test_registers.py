"""Names in the registers of one country."""

import pytest

from leadboard.domain.found import AskedCompany
from leadboard.providers.registers import SURE, UNSURE, same_name, sureness


@pytest.mark.parametrize(
    ("asked", "country", "sure"),
    [
        (AskedCompany("Acme", country="GB"), "GB", SURE),
        (AskedCompany("Acme", "acme.co.uk"), "GB", SURE),
        (AskedCompany("Acme", "acme.com.au"), "AU", SURE),
        (AskedCompany("Acme", "acme.com"), "GB", UNSURE),
        (AskedCompany("Acme"), "US", UNSURE),
        (AskedCompany("Acme", "acme.co.uk", country="US"), "GB", 0),
        (AskedCompany("Acme", "uk.com"), "GB", UNSURE),
    ],
)
def test_a_name_is_worth_more_where_the_company_is(asked, country, sure):
    assert sureness(asked, country) == sure


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("BEAN AND GONE LTD", "Bean and Gone", True),
        ("Bean and Gone Limited", "BEAN AND GONE PLC", True),
        ("Bean & Gone", "BEAN AND GONE LTD.", True),
        ("Bean and Gone", "Bean and Gone Holdings Ltd", False),
        ("", "", False),
        ("Plc", "Plc", True),
    ],
)
def test_case_punctuation_and_legal_form_make_no_other_company(one, other, same):
    assert same_name(one, other) is same
