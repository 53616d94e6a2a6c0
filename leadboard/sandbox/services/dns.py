"""Two public resolvers in the demo world: the records of its companies' domains."""

from leadboard.sandbox.services.base import SLOW, Api, Asked, Reply
from leadboard.sandbox.world import Company

_NUMBERS = {"A": 1, "NS": 2, "CNAME": 5, "MX": 15, "TXT": 16, "AAAA": 28}
_NO_SUCH_NAME = 3
_EXCHANGES = {
    "google": ("1 aspmx.l.google.com.", "5 alt1.aspmx.l.google.com."),
    "microsoft": ("0 {label}.mail.protection.outlook.com.",),
    "zoho": ("10 mx.zoho.com.", "20 mx2.zoho.com."),
    "own": ("10 mail.{domain}.",),
    "none": ("0 .",),
}
_SENDERS = {
    "google": "include:_spf.google.com",
    "microsoft": "include:spf.protection.outlook.com",
    "zoho": "include:zoho.com",
    "own": "mx",
    "none": "",
}


def cloudflare(asked: Asked) -> Reply:
    """Cloudflare's resolver: JSON only for who asks for it, texts in quotes."""
    if "application/dns-json" not in asked.headers.get("accept", ""):
        return Reply(415)
    return _answer(asked, '"{}"')


def google(asked: Asked) -> Reply:
    """Google's resolver: texts without quotes."""
    return _answer(asked, "{}")


def _answer(asked: Asked, quoted: str) -> Reply:
    name, kind = asked.query.get("name", "").rstrip(".").lower(), asked.query.get("type", "A").upper()
    number = _NUMBERS.get(kind) or (int(kind) if kind.isdecimal() else 0)
    if not name or not number:
        return Reply(400, {"error": "Invalid query."})
    records = _records(asked, name)
    said = {
        "Status": 0 if records is not None else _NO_SUCH_NAME,
        "TC": False,
        "RD": True,
        "RA": True,
        "AD": False,
        "CD": False,
        "Question": [{"name": name, "type": number}],
    }
    found = [text for each, text in records or () if _NUMBERS[each] == number]
    if found:
        rows = [quoted.format(text) if number == _NUMBERS["TXT"] else text for text in found]
        said["Answer"] = [{"name": name, "type": number, "TTL": 300, "data": text} for text in rows]
    return Reply(200, said, {"Content-Type": "application/dns-json"})


def _records(asked: Asked, name: str) -> list[tuple[str, str]] | None:
    """Kind and text of every record of a name; None for a name that does not exist."""
    if name == "example.com":
        return [("A", "93.184.215.14"), ("MX", "0 .")]
    company = asked.world.by_domain.get(name.removeprefix("_dmarc.").removeprefix("www."))
    if company is None:
        return None
    if name.startswith("_dmarc."):
        return [("TXT", f"v=DMARC1; p={company.dmarc}; rua=mailto:dmarc@{company.domain}")] if company.dmarc else None
    if name.startswith("www."):
        return [("A", ADDRESS)]
    return [("A", ADDRESS), *(("MX", each) for each in _exchanges(company)), *_texts(company)]


ADDRESS = "192.0.2.10"
"""An address of the block that is kept for documentation."""


def _exchanges(company: Company) -> list[str]:
    label = company.domain.replace(".", "-")
    return [each.format(label=label, domain=company.domain) for each in _EXCHANGES[company.mail_host]]


def _texts(company: Company) -> list[tuple[str, str]]:
    proof = ("TXT", "google-site-verification=demo")
    if not company.spf:
        return [proof]
    return [proof, ("TXT", " ".join(filter(None, ("v=spf1", _SENDERS[company.mail_host], "~all"))))]


API = Api(
    name="dns",
    hosts=("cloudflare-dns.com", "dns.google"),
    routes={"GET /dns-query": cloudflare, "GET /resolve": google},
    too_many=Reply(429, "", SLOW),
)
