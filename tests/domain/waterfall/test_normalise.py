import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadboard.domain.identity import normalise_name
from leadboard.domain.titles import authority
from leadboard.domain.waterfall.normalise import Seniority, company_name, email, industry, seniority, spoken, title


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("Chief Technology Officer", "CTO"),
        ("CHIEF EXECUTIVE OFFICER & CO-FOUNDER", "CEO & Co-Founder"),
        ("vice president of sales", "VP of Sales"),
        ("Senior Vice-President, Marketing", "SVP, Marketing"),
        ("SR. VICE PRESIDENT, SALES", "SVP, Sales"),
        ("V.P. Engineering", "VP Engineering"),
        ("  Head   of\tIT ", "Head of IT"),
        ("head of it and hr", "Head of IT and HR"),
        ("Sr. Product Mgr.", "Senior Product Manager"),
        ("Managing Director", "Managing Director"),
        ("Vice Presidential Historian", "Vice Presidential Historian"),
        ("", ""),
    ],
)
def test_a_title_in_its_usual_writing(said, written):
    assert title(said) == written


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ("CTO", Seniority.C_LEVEL),
        ("Owner", Seniority.C_LEVEL),
        ("Managing Director", Seniority.C_LEVEL),
        ("Vice President", Seniority.VP),
        ("SVP, Sales", Seniority.VP),
        ("Head of IT", Seniority.DIRECTOR),
        ("Senior Manager", Seniority.MANAGER),
        ("Team Lead", Seniority.MANAGER),
        ("Assistant to the CEO", Seniority.OTHER),
        ("Developer", Seniority.OTHER),
        ("", None),
    ],
)
def test_how_high_a_title_stands(said, level):
    assert seniority(said) is level


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("computer_software", "Computer software"),
        ("HOSPITAL & HEALTH CARE", "Hospital & health care"),
        ("dental care", "Dental care"),
        ("Computer Software", "Computer Software"),
        ("SAAS", "SAAS"),
        (" real   estate ", "Real estate"),
    ],
)
def test_an_industry_is_readable(said, written):
    assert industry(said) == written


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("Brightwell Robotics, Inc.", "Brightwell Robotics"),
        ("Acme Pty. Ltd.", "Acme"),
        ("ACME  GmbH", "ACME"),
        ("The Limited Company of Bergen", "The Limited Company of Bergen"),
        ("Ltd.", "Ltd."),
        ("Brown & Co. Ltd.", "Brown & Co."),
        ("The Basket Company", "The Basket Company"),
    ],
)
def test_a_company_without_its_legal_form(said, written):
    assert company_name(said) == written


@pytest.mark.parametrize(
    ("said", "written"),
    [
        (" Ada@Brightwell.Example ", "ada@brightwell.example"),
        ("a.b+c@Gmail.com", "a.b+c@gmail.com"),
        ("a@b@c", ""),
        ("", ""),
    ],
)
def test_an_address_is_trimmed_and_small_with_its_dots_and_plusses(said, written):
    assert email(said) == written


_TITLES = st.lists(
    st.sampled_from(
        [
            *("Chief", "Technology", "Officer", "executive", "VICE", "president", "sr.", "Senior", "of", "sales", "&"),
            *("v.p.", "Mgr.", "director,", "IT", "assistant", "head"),
        ]
    ),
    max_size=7,
).map(" ".join)


@given(_TITLES)
def test_a_title_normalised_twice_stays_and_never_loses_rank(said):
    once = title(said)

    assert title(once) == once
    assert authority(once).points >= authority(said).points


@given(st.one_of(st.text(max_size=30), st.sampled_from(["Acme, Inc.", "Inc. Ltd", "A.B.C. Co., Ltd."])))
def test_a_company_stays_the_same_company(name):
    assert normalise_name(company_name(name)) == normalise_name(name)
    assert company_name(company_name(name)) == company_name(name)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("ALDERFIELD ROASTERY LIMITED", "Alderfield Roastery Limited"),
        ("THE BANK OF THE WEST", "The Bank of the West"),
        ("JKL COFFEE LTD", "JKL Coffee LTD"),
        ("IBM", "IBM"),
        ("NORDEA", "Nordea"),
        ("eBay  Inc.", "eBay Inc."),
        ("O'BRIEN & SONS PLC", "O'Brien & Sons PLC"),
    ],
)
def test_a_name_that_a_register_shouts_is_written_as_people_do(said, name):
    assert spoken(said) == name
