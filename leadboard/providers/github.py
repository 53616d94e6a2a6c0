"""GitHub: what a company publishes as an organisation. Of the company only, never of the people who work there."""

import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from leadboard.domain.found import Answer, AskedCompany, Fact, FoundCompany, FoundSignal, Health
from leadboard.domain.identity import normalise_name, registrable_domain
from leadboard.domain.services import KeyKind, Known, Offer, Pace, Service, Task, needs
from leadboard.errors import TryLater
from leadboard.providers.base import Provider, Reply, retry_after
from leadboard.providers.handles import handles
from leadboard.providers.reading import day, first, home, link, number, rows, text

PER_PAGE = 100
"""Repositories that are looked at: those changed last."""
MOST_LANGUAGES = 8
AFTER_TOO_MUCH = 60.0
"""Seconds to wait where GitHub says that we were quick and not for how long."""
_ABOUT = needs((Known.DOMAIN,), (Known.COMPANY_NAME,))


@dataclass(frozen=True)
class _Organisation:
    """An organisation, and how sure it is that it is the company's (0 to 1)."""

    login: str
    page: str
    said: Mapping[str, Any]
    sure: float


class GitHub(Provider):
    """GitHub's REST API: 60 questions an hour without a key, 5,000 with one."""

    service = Service(
        name="github",
        label="GitHub",
        site="https://github.com",
        key=KeyKind.OPTIONAL,
        offers=(
            Offer(Task.COMPANY, gives=frozenset({"description", "email", "technology"}), needs=_ABOUT),
            Offer(Task.SIGNALS, gives=frozenset({"code"}), needs=_ABOUT),
        ),
        pace=Pace(calls=2, together=2),
        identified=True,
        note="GitHub answers 60 questions an hour without a token, and 5,000 with a free one.",
    )
    base_url = "https://api.github.com/"

    def headers(self) -> Mapping[str, str]:
        """The version we know, and the token where there is one."""
        known = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
        return {**known, "Authorization": f"Bearer {self._key}"} if self._key else known

    def failure(self, reply: Reply) -> Exception:
        """A 403 says mostly that we asked too much, not that the key is wrong."""
        if reply.status in (403, 429):
            wait = max(self.rest(reply), retry_after(reply.headers))
            if wait or "rate limit" in reply.words.lower():
                return TryLater("GitHub asked for fewer questions.", wait or AFTER_TOO_MUCH)
        return super().failure(reply)

    def rest(self, reply: Reply) -> float:
        """Seconds until the hour of our questions is over, when none is left."""
        reset = reply.headers.get("x-ratelimit-reset", "")
        if reply.headers.get("x-ratelimit-remaining") != "0" or not (reset.isascii() and reset.isdigit()):
            return 0.0
        return max(float(reset) - time.time(), 1.0)

    async def check(self) -> Health:
        """How many questions are left this hour; free."""
        reply = await self.get("rate_limit")
        match reply and reply.data:
            case {"resources": {"core": {"limit": int(limit), "remaining": int(left)}}}:
                return Health(left > 0, f"{left:,} of {limit:,} questions are left this hour.", left)
            case {}:
                return Health(True, "GitHub answers.")
        raise self.garbled(reply)

    async def company(self, asked: AskedCompany) -> Answer[FoundCompany]:
        """What the company's organisation says of itself, and the languages it writes in."""
        organisation = await self._organisation(asked)
        if organisation is None:
            return Answer()
        repositories, reply = await self._repositories(organisation)
        said, sure, page = organisation.said, organisation.sure, organisation.page
        facts = [Fact(name, value, sure, page) for name in ("description", "email") if (value := text(said.get(name)))]
        facts += [Fact("technology", each, round(sure * 0.9, 3), page) for each in _languages(repositories)]
        name = first(said, "name") or asked.name or organisation.login
        found = FoundCompany(
            name, registrable_domain(asked.domain) or home(said.get("blog")), tuple(facts), organisation.login
        )
        return self.answer(Task.COMPANY, (found,), reply)

    async def signals(self, asked: AskedCompany) -> Answer[FoundSignal]:
        """How much the company publishes, in which language most of it, and when it last changed something."""
        organisation = await self._organisation(asked)
        if organisation is None:
            return Answer()
        repositories, reply = await self._repositories(organisation)
        return self.answer(Task.SIGNALS, _code(organisation, repositories), reply)

    async def _organisation(self, asked: AskedCompany) -> _Organisation | None:
        """The first organisation under a name that the company may have taken and that seems to be the company's."""
        for handle in handles(asked):
            reply = await self.get(f"orgs/{handle}")
            if reply is None:
                continue
            said = self.data(reply, dict)
            if sure := _sure(said, asked):
                login = text(said.get("login")) or handle
                return _Organisation(handle, link(said.get("html_url")) or f"https://github.com/{login}", said, sure)
        return None

    async def _repositories(self, organisation: _Organisation) -> tuple[list[dict[str, Any]], Reply | None]:
        """What the organisation itself works on, the last changed first."""
        reply = await self.get(f"orgs/{organisation.login}/repos", type="public", sort="pushed", per_page=PER_PAGE)
        if reply is None:
            return [], None
        own = (each for each in rows(self.data(reply, list)) if not each.get("fork") and not each.get("archived"))
        return list(own), reply


def _sure(said: Mapping[str, Any], asked: AskedCompany) -> float:
    """How sure it is that the organisation is the company's: its website decides, else its name."""
    domain, website = registrable_domain(asked.domain), home(said.get("blog"))
    if domain and domain in (website, home(said.get("email"))):
        return 0.95
    if domain and website:
        return 0.0
    same = asked.name and normalise_name(asked.name) == normalise_name(text(said.get("name")))
    return 0.6 if same else 0.0


def _languages(repositories: Iterable[Mapping[str, Any]]) -> list[str]:
    counted = Counter(filter(None, (text(each.get("language")) for each in repositories)))
    return [language for language, _ in counted.most_common(MOST_LANGUAGES)]


def _code(organisation: _Organisation, repositories: list[dict[str, Any]]) -> tuple[FoundSignal, ...]:
    if not repositories:
        return ()
    at = max(filter(None, (day(each.get("pushed_at")) for each in repositories)), default=None)
    count = max(len(repositories), int(number(organisation.said.get("public_repos"))))
    changed = f", the last changed on {at.day} {at:%B %Y}" if at else ""
    title = f"{count:,} public {'repository' if count == 1 else 'repositories'}{changed}"
    value = next(iter(_languages(repositories)), "public").lower()
    return (FoundSignal("code", value, title, at, organisation.page, organisation.sure),)
