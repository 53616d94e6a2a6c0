"""DNS over HTTPS, against the answers that both resolvers promise."""

import pytest

from leadboard.domain.found import AskedCompany, EmailStatus, Verdict
from leadboard.errors import TryLater
from leadboard.providers.base import Garbled, Misasked, Outage
from leadboard.providers.dns import Dns
from tests.support.services import wired

NORTHMOOR = AskedCompany("Northmoor Roasters", "northmoor.example")
MARTA = "marta@northmoor.example"
NUMBER = {"A": 1, "CNAME": 5, "MX": 15, "TXT": 16, "AAAA": 28}


def told(*records, status=0):
    rows = [{"name": "northmoor.example", "type": NUMBER[kind], "TTL": 300, "data": data} for kind, data in records]
    return {
        "Status": status,
        "TC": False,
        "Question": [{"name": "northmoor.example"}],
        **({"Answer": rows} if rows else {}),
    }


NOTHING = told()
GOOGLE = told(("MX", "5 alt1.aspmx.l.google.com."), ("MX", "1 aspmx.l.google.com."))
SPF = told(("TXT", '"google-site-verification=x"'), ("TXT", '"v=spf1 include:_spf.google.com " "~all"'))
DMARC = told(("CNAME", "dmarc.example."), ("TXT", "v=DMARC1; p=quarantine; sp=none"))
NULL_MX = told(("MX", "0 ."))
SERVERS_FAIL = told(status=2)
NO_SUCH_NAME = told(status=3)


async def test_a_domain_tells_who_keeps_its_mail_and_how_it_is_guarded():
    dns, asked = wired(Dns, GOOGLE, SPF, DMARC)
    answer = await dns.signals(NORTHMOOR)
    assert [(each.kind, each.value) for each in answer.items] == [
        ("mail", "google_workspace"),
        ("spf", "published"),
        ("dmarc", "quarantine"),
    ]
    assert answer.items[0].title == "northmoor.example has its mail with Google Workspace"
    assert answer.items[0].source == "https://dns.google/resolve?name=northmoor.example&type=MX"
    assert set(asked.asked) == {"GET https://cloudflare-dns.com/dns-query"}
    assert [asked.query(at) for at in range(3)] == [
        {"name": "northmoor.example", "type": "MX"},
        {"name": "northmoor.example", "type": "TXT"},
        {"name": "_dmarc.northmoor.example", "type": "TXT"},
    ]
    assert {each.headers["accept"] for each in asked.requests} == {"application/dns-json"}


@pytest.mark.parametrize(
    ("hosts", "keeper"),
    [
        (["10 northmoor-example.mail.protection.outlook.com."], "microsoft_365"),
        (["10 mxa-00.gslb.pphosted.com."], "proofpoint"),
        (["20 backup.example.", "5 eu-smtp-1.mimecast.com."], "mimecast"),
        (["10 MX.Zoho.eu."], "zoho"),
        (["10 mail.notgoogle.com."], "notgoogle.com"),
        (["10 mx1.hoster.example."], "hoster.example"),
        (["odd"], "unclear"),
    ],
)
async def test_the_preferred_host_of_its_mail_tells_the_keeper(hosts, keeper):
    dns, _ = wired(Dns, told(*(("MX", each) for each in hosts)), told(("A", "192.0.2.1")))
    assert (await dns.signals(NORTHMOOR)).items[0].value == keeper


@pytest.mark.parametrize(
    ("answers", "value"),
    [
        ([NULL_MX], "none"),
        ([NOTHING, NOTHING, NOTHING], "none"),
        ([NO_SUCH_NAME, NO_SUCH_NAME, NO_SUCH_NAME], "none"),
        ([NOTHING, told(("A", "192.0.2.1"))], "unclear"),
        ([NOTHING, NOTHING, told(("AAAA", "2001:db8::1"))], "unclear"),
    ],
)
async def test_a_domain_without_hosts_takes_mail_only_if_it_has_an_address_itself(answers, value):
    dns, _ = wired(Dns, *answers, NOTHING)
    mail, spf, dmarc = (await dns.signals(NORTHMOOR)).items
    assert (mail.kind, mail.value) == ("mail", value)
    assert (spf.value, dmarc.value) == ("missing", "missing")


@pytest.mark.parametrize(
    ("answers", "verdicts"),
    [
        ([NULL_MX], (Verdict(EmailStatus.INVALID, "the domain takes no mail"),)),
        ([NO_SUCH_NAME], (Verdict(EmailStatus.INVALID, "the domain takes no mail"),)),
        ([GOOGLE], ()),
        ([NOTHING, told(("A", "192.0.2.1"))], ()),
        ([SERVERS_FAIL], ()),
        ([NOTHING, SERVERS_FAIL], ()),
    ],
)
async def test_only_that_an_address_takes_no_mail_can_be_told_for_nothing(answers, verdicts):
    dns, _ = wired(Dns, *answers)
    answer = await dns.verify(MARTA)
    assert (answer.items, answer.micros) == (verdicts, 0)


async def test_what_is_no_address_is_not_asked_for():
    dns, asked = wired(Dns, GOOGLE)
    assert (await dns.verify("marta")).items == (await dns.signals(AskedCompany(domain="acme"))).items == ()
    assert asked.requests == []


@pytest.mark.parametrize(
    "failure", [(429, ""), (503, "<html>"), (400, "bad"), (403, ""), (415, ""), SERVERS_FAIL, [], "<html>", (404, "")]
)
async def test_where_cloudflare_cannot_tell_google_is_asked(waits, failure):
    patience = {429: 4, 503: 2}.get(failure[0], 1) if isinstance(failure, tuple) else 1
    dns, asked = wired(Dns, *[failure] * patience, NULL_MX)
    assert (await dns.verify(MARTA)).items
    assert asked.asked[-1] == "GET https://dns.google/resolve"
    assert len(asked.requests) == patience + 1


@pytest.mark.parametrize(
    ("failure", "raised"),
    [
        ((429, ""), TryLater),
        ((500, ""), Outage),
        ((400, {"error": "Invalid name"}), Misasked),
        ({"Status": "no"}, Garbled),
        ({}, Garbled),
    ],
)
async def test_where_neither_can_tell_the_failure_says_what_may_be_done_next(waits, failure, raised):
    dns, _ = wired(Dns, failure)
    with pytest.raises(raised):
        await dns.signals(NORTHMOOR)


async def test_odd_records_are_passed_over():
    odd = {"Status": 0, "Answer": ["odd", None, {"type": 15}, {"type": 15, "data": {}}, {"type": "15", "data": "1 a."}]}
    dns, _ = wired(Dns, odd)
    assert [each.value for each in (await dns.signals(NORTHMOOR)).items] == ["none", "missing", "missing"]


async def test_a_resolver_is_tried():
    assert (await wired(Dns, told(("A", "192.0.2.1")))[0].check()).ok
    assert not (await wired(Dns, SERVERS_FAIL)[0].check()).ok
