"""ABN Lookup, against the answers it promises."""

import json

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from leadboard.domain.found import Answer, AskedCompany, Fact, FoundCompany
from leadboard.errors import Refused, TryLater
from leadboard.providers.abn_lookup import AbnLookup, is_abn
from leadboard.providers.base import Garbled, KeyRefused, Misasked, Outage
from tests.support.services import KEY, wired

ABN = "51824753556"
BEAN = AskedCompany("Bean & Gone Pty Ltd", "beanandgone.com.au")


def name(said="BEAN AND GONE", abn="51000000000", status="0000000001", score=96, state="NSW"):
    return {
        "Abn": abn,
        "AbnStatus": status,
        "IsCurrent": True,
        "Name": said,
        "NameType": "Business Name",
        "Postcode": "2000",
        "Score": score,
        "State": state,
    }


def wrapped(*names, message="", end=""):
    return f"callback({json.dumps({'Message': message, 'Names': list(names)})}){end}"


async def test_a_company_is_found_by_its_name():
    near = name("BEAN AND GONE CATERING PTY LTD", abn="1", score=99)
    worse = name(abn="2", score=80, state="VIC")
    register, asked = wired(AbnLookup, wrapped(near, worse, name(), end=";\n"))
    answer = await register.company(BEAN)
    assert asked.asked == ["GET https://abr.business.gov.au/json/MatchingNames.aspx"]
    assert asked.query() == {"guid": KEY, "name": "Bean & Gone Pty Ltd", "maxResults": "10"}
    page = "https://abr.business.gov.au/ABN/View?abn=51000000000"
    found = (Fact("state", "NSW", 0.85, page), Fact("country", "AU", 0.85, page))
    assert answer.items == (FoundCompany("BEAN AND GONE", "", found, "51000000000"),)
    assert answer.micros == 0


@pytest.mark.parametrize(
    "said",
    [
        wrapped(),
        wrapped(message="No records found"),
        wrapped(name("SOMEBODY ELSE PTY LTD")),
        wrapped(name(status="0000000002")),
        wrapped(name(status="Cancelled")),
        (404, ""),
    ],
)
async def test_nobody_active_of_that_name_is_nothing(said):
    register, _ = wired(AbnLookup, said)
    found = await register.company(BEAN)
    assert (found.items, found.micros) == ((), 0)


async def test_the_status_may_be_a_word_and_the_name_hold_a_bracket():
    register, _ = wired(AbnLookup, wrapped(name("BEAN AND GONE (AUST) PTY LTD", status="Active")))
    assert len((await register.company(AskedCompany("Bean and Gone (Aust)", country="AU"))).items) == 1


async def test_a_company_elsewhere_is_not_asked_about_and_a_mere_name_is_not_much_of_a_proof():
    register, asked = wired(AbnLookup, wrapped(name()))
    assert await register.company(AskedCompany("Bean and Gone", country="GB")) == Answer()
    assert await register.company(AskedCompany(domain="beanandgone.com.au")) == Answer()
    assert asked.requests == []
    (found,) = (await register.company(AskedCompany("Bean and Gone"))).items
    assert {fact.confidence for fact in found.facts} == {0.4}


@pytest.mark.parametrize(
    ("answer", "raised"),
    [
        (wrapped(message="The GUID entered is not recognised as a Registered Party"), KeyRefused),
        (wrapped(message="Search text is too long"), Misasked),
        ((429, ""), TryLater),
        ((500, "<html>Server Error</html>"), Outage),
        ("<html>Down for maintenance</html>", Garbled),
        ("callback({)", Garbled),
        ("callback([])", Garbled),
        ('{"Message": ""}', Garbled),
        ('callback({"Message": "", "Names": null})', Garbled),
        ("", Garbled),
    ],
)
async def test_a_failure_says_what_may_be_done_next(waits, answer, raised):
    register, _ = wired(AbnLookup, answer)
    with pytest.raises(raised):
        await register.company(BEAN)


DETAILS = {
    "Abn": "51000000041",
    "AbnStatus": "Active",
    "AbnStatusEffectiveFrom": "2010-07-01",
    "AddressState": "NSW",
    "BusinessName": ["BEAN AND GONE"],
    "EntityName": "BEAN AND GONE PTY LTD",
    "Message": "",
}


async def test_a_known_number_is_asked_for_itself():
    register, asked = wired(AbnLookup, f"callback({json.dumps(DETAILS)})")
    (found,) = (await register.company(AskedCompany(ref=ABN))).items
    assert asked.asked == ["GET https://abr.business.gov.au/json/AbnDetails.aspx"]
    assert asked.query() == {"guid": KEY, "abn": ABN}
    assert (found.name, [fact.value for fact in found.facts]) == ("BEAN AND GONE PTY LTD", ["NSW", "AU"])
    cancelled, _ = wired(AbnLookup, f"callback({json.dumps({**DETAILS, 'AbnStatus': 'Cancelled'})})")
    assert (await cancelled.company(AskedCompany(ref=ABN))).items == ()
    odd, _ = wired(AbnLookup, "callback({})")
    with pytest.raises(Garbled):
        await odd.company(AskedCompany(ref=ABN))


async def test_a_number_that_can_be_none_is_not_asked_for():
    register, asked = wired(AbnLookup, f"callback({json.dumps(DETAILS)})")
    assert await register.company(AskedCompany(ref="51824753557")) == Answer()
    assert asked.requests == []


@given(st.integers(0, 10**11 - 1))
def test_a_mistyped_digit_makes_a_number_none(value):
    digits = f"{value:011}"
    assert is_abn(ABN)
    assert is_abn(f"{ABN[:2]} {ABN[2:5]} {ABN[5:8]} {ABN[8:]}")
    if is_abn(digits):
        assert not any(is_abn(digits[:at] + str((int(digits[at]) + 1) % 10) + digits[at + 1 :]) for at in range(11))


@pytest.mark.parametrize("said", ["", "51", "5182475355", "518247535566", "٥١٨٢٤٧٥٣٥٥٦", "abcdefghijk"])
def test_other_texts_are_no_numbers(said):
    assert not is_abn(said)


async def test_the_key_in_the_query_is_neither_logged_nor_kept():
    structlog.reset_defaults()
    with capture_logs() as entries:
        register, _ = wired(AbnLookup, wrapped(name(f"BEAN AND GONE {KEY}"), name()))
        answer = await register.company(BEAN)
    assert KEY not in str(entries)
    assert KEY not in answer.raw


async def test_the_key_is_tried_with_a_name():
    register, asked = wired(AbnLookup, wrapped())
    assert (await register.check()).ok
    assert asked.query()["maxResults"] == "1"
    with pytest.raises(Refused, match="needs a key"):
        wired(AbnLookup, "", key="")
