"""DNS over HTTPS: whether a domain takes mail, who keeps its mail, and how it guards against forgery."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from leadboard.domain.found import Answer, AskedCompany, EmailStatus, FoundSignal, Health, Verdict
from leadboard.domain.identity import host, registrable_domain
from leadboard.domain.services import KeyKind, Known, Offer, Pace, Service, Task, needs
from leadboard.errors import TryLater
from leadboard.providers.base import Provider, Reply, ServiceError
from leadboard.providers.reading import rows, text

RESOLVERS = ("https://cloudflare-dns.com/dns-query", "https://dns.google/resolve")
"""Cloudflare, and Google where Cloudflare does not tell."""
READABLE = "https://dns.google/resolve?name={name}&type={kind}"
"""Where a reader can see the records."""

_NUMBER = {"A": 1, "MX": 15, "TXT": 16, "AAAA": 28}
_EXISTS, _NO_SUCH_NAME = 0, 3
_KEEPERS = {
    "google.com": ("google_workspace", "Google Workspace"),
    "googlemail.com": ("google_workspace", "Google Workspace"),
    "mail.protection.outlook.com": ("microsoft_365", "Microsoft 365"),
    "mx.microsoft": ("microsoft_365", "Microsoft 365"),
    "pphosted.com": ("proofpoint", "Proofpoint"),
    "mimecast.com": ("mimecast", "Mimecast"),
    "zoho.com": ("zoho", "Zoho"),
    "zoho.eu": ("zoho", "Zoho"),
}
_EXCHANGE = re.compile(r"([0-9]{1,5})\s+([^\s.]\S*?)\.?")
_NULL = re.compile(r"[0-9]+\s+\.")
"""What a domain that takes no mail has for a host."""
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_POLICY = re.compile(r";\s*p\s*=\s*(none|quarantine|reject)\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Mail:
    """Hosts that take a domain's mail, the preferred first; none where `takes` is false, or where mail goes to the
    address of the domain itself."""

    takes: bool
    hosts: tuple[str, ...]
    reply: Reply


@dataclass(frozen=True)
class _Records:
    values: tuple[str, ...]
    reply: Reply


class Dns(Provider):
    """Two public resolvers."""

    service = Service(
        name="dns",
        label="DNS",
        site="https://developers.cloudflare.com/1.1.1.1/",
        key=KeyKind.NONE,
        offers=(
            Offer(Task.SIGNALS, gives=frozenset({"mail", "spf", "dmarc"}), needs=needs((Known.DOMAIN,))),
            Offer(Task.VERIFY, needs=needs((Known.EMAIL,))),
        ),
        pace=Pace(calls=8),
    )
    base_url = RESOLVERS[0]

    def headers(self) -> Mapping[str, str]:
        """Cloudflare answers in JSON only when asked to."""
        return {"Accept": "application/dns-json"}

    async def check(self) -> Health:
        """Whether a resolver answers."""
        told = await self._records("example.com", "A")
        return Health(told is not None, "A resolver answers." if told else "No resolver could tell.")

    async def signals(self, asked: AskedCompany) -> Answer[FoundSignal]:
        """Who keeps the mail of the company's domain, its SPF and its DMARC; nothing where nobody can tell."""
        domain = registrable_domain(asked.domain)
        mail = await self._mail(domain) if domain else None
        if mail is None:
            return Answer()
        signals = (_mail_signal(domain, mail), await self._spf(domain), await self._dmarc(domain))
        return self.answer(Task.SIGNALS, tuple(filter(None, signals)), mail.reply)

    async def verify(self, email: str) -> Answer[Verdict]:
        """That an address takes no mail, where its domain takes none; else nothing: only a verifier can tell."""
        domain = host(email)
        mail = await self._mail(domain) if domain else None
        if mail is None:
            return Answer()
        refused = () if mail.takes else (Verdict(EmailStatus.INVALID, "the domain takes no mail"),)
        return self.answer(Task.VERIFY, refused, mail.reply)

    async def _mail(self, domain: str) -> _Mail | None:
        """Where mail for the domain goes; a domain without MX takes it itself, if it has an address. None: untold."""
        told = await self._records(domain, "MX")
        if told is None:
            return None
        takes = not all(map(_NULL.fullmatch, told.values)) if told.values else await self._has_address(domain)
        return _Mail(takes, _hosts(told.values), told.reply)

    async def _has_address(self, domain: str) -> bool:
        for kind in ("A", "AAAA"):
            told = await self._records(domain, kind)
            if told is None or told.values:
                return True
        return False

    async def _spf(self, domain: str) -> FoundSignal | None:
        said = await self._text(domain, "v=spf1")
        if said is None:
            return None
        source = READABLE.format(name=domain, kind="TXT")
        if said:
            return FoundSignal("spf", "published", f"{domain} names who may send its mail", source=source)
        return FoundSignal("spf", "missing", f"{domain} does not name who may send its mail", source=source)

    async def _dmarc(self, domain: str) -> FoundSignal | None:
        name = f"_dmarc.{domain}"
        said = await self._text(name, "v=dmarc1")
        if said is None:
            return None
        policy = _POLICY.search(said)
        source = READABLE.format(name=name, kind="TXT")
        if policy:
            does = {"none": "lets forged mail pass", "quarantine": "has forged mail put aside"}
            what = does.get(policy[1].lower(), "has forged mail refused")
            return FoundSignal("dmarc", policy[1].lower(), f"{domain} {what}", source=source)
        return FoundSignal("dmarc", "missing", f"{domain} does not say what to do with forged mail", source=source)

    async def _text(self, name: str, begins: str) -> str | None:
        """The text record that begins like this, "" when there is none; None: untold."""
        told = await self._records(name, "TXT")
        if told is None:
            return None
        return next((said for said in map(_unquoted, told.values) if said.lower().startswith(begins)), "")

    async def _records(self, name: str, kind: str) -> _Records | None:
        """Records of a name, none for a name that does not exist; None where the name's own servers fail both
        resolvers. Raises the last failure where a resolver failed and none could tell."""
        failure: ServiceError | TryLater | None = None
        for resolver in RESOLVERS:
            try:
                told = self._told(await self.get(resolver, name=name, type=kind), kind)
            except (ServiceError, TryLater) as error:
                failure = error
                continue
            if told:
                return told
        if failure:
            raise failure
        return None

    def _told(self, reply: Reply | None, kind: str) -> _Records | None:
        match reply and reply.data:
            case {"Status": int(status), **rest} if reply:
                found = (each.get("data") for each in rows(rest.get("Answer")) if each.get("type") == _NUMBER[kind])
                values = tuple(filter(None, map(text, found)))
                return _Records(values, reply) if status in (_EXISTS, _NO_SUCH_NAME) else None
        raise self.garbled(reply)


def _hosts(records: tuple[str, ...]) -> tuple[str, ...]:
    """Hosts of MX records, the preferred first."""
    read = filter(None, map(_EXCHANGE.fullmatch, records))
    return tuple(name for _, name in sorted((int(each[1]), each[2].lower()) for each in read))


def _unquoted(record: str) -> str:
    """A text record in one piece: some resolvers quote it, and long ones come in parts."""
    return "".join(_QUOTED.findall(record)) or record


def _mail_signal(domain: str, mail: _Mail) -> FoundSignal:
    source = READABLE.format(name=domain, kind="MX")
    if not mail.takes:
        return FoundSignal("mail", "none", f"{domain} takes no mail", source=source, confidence=0.95)
    if not mail.hosts:
        return FoundSignal("mail", "unclear", f"{domain} names no host for its mail", source=source, confidence=0.4)
    first = mail.hosts[0]
    own = registrable_domain(first) or first
    value, label = next((keeper for end, keeper in _KEEPERS.items() if f".{first}".endswith(f".{end}")), (own, own))
    return FoundSignal("mail", value, f"{domain} has its mail with {label}", source=source, confidence=0.95)
