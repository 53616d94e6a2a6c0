"""Greenhouse, Lever and Ashby: the open roles of a company, where its board is found under a name it may have taken."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from leadboard.domain.found import Answer, AskedCompany, FoundSignal, Health
from leadboard.domain.identity import normalise_name, registrable_domain
from leadboard.domain.services import KeyKind, Known, Offer, Pace, Service, Task, needs
from leadboard.errors import TryLater
from leadboard.providers.base import Provider, Reply, ServiceError
from leadboard.providers.handles import handles, label, names
from leadboard.providers.reading import day, first, link, part, rows, text

MOST = 100
"""Open roles that are kept, the newest first."""


@dataclass(frozen=True)
class _Role:
    """One open role; `company` and `words` are what it says of whose it is."""

    title: str
    department: str
    place: str
    at: date | None
    url: str
    words: str
    company: str = ""


@dataclass(frozen=True)
class _Board:
    """One service of boards: the address of a board, and how its roles are read (None: what came is no board)."""

    address: str
    query: Mapping[str, str]
    roles: Callable[[Any], list[_Role] | None]


class JobBoards(Provider):
    """Three services in which companies publish their open roles; without a directory, so names are tried."""

    service = Service(
        name="job_boards",
        label="Job boards",
        site="https://developers.greenhouse.io/job-board.html",
        key=KeyKind.NONE,
        offers=(Offer(Task.SIGNALS, gives=frozenset({"hiring"}), needs=needs((Known.DOMAIN,), (Known.COMPANY_NAME,))),),
        pace=Pace(calls=3, together=1),
    )
    base_url = "https://boards-api.greenhouse.io/v1/boards/"

    async def check(self) -> Health:
        """Whether all three answer, about a board that need not be."""
        for board in BOARDS:
            await self.get(board.address.format("leadboard"), **board.query)
        return Health(True, "Greenhouse, Lever and Ashby answer.")

    async def signals(self, asked: AskedCompany) -> Answer[FoundSignal]:
        """The open roles on the first board that is the company's. A service that fails does not stop the others; its
        failure is raised where none of them has the board."""
        failure: ServiceError | TryLater | None = None
        for handle in handles(asked):
            for board in BOARDS:
                try:
                    reply = await self.get(board.address.format(handle), **board.query)
                    found = self._found(reply, board, asked, handle)
                except (ServiceError, TryLater) as error:
                    failure = error
                    continue
                if found:
                    return found
        if failure:
            raise failure
        return Answer()

    def _found(
        self, reply: Reply | None, board: _Board, asked: AskedCompany, handle: str
    ) -> Answer[FoundSignal] | None:
        if reply is None:
            return None
        roles = board.roles(reply.data)
        if roles is None:
            raise self.garbled(reply)
        sure = _sure(roles, asked, handle)
        if not sure:
            return None
        newest = sorted(roles, key=lambda role: role.at or date.min, reverse=True)[:MOST]
        return self.answer(Task.SIGNALS, tuple(_signal(role, sure) for role in newest), reply)


def _sure(roles: list[_Role], asked: AskedCompany, handle: str) -> float:
    """How sure it is that the roles are the company's: another one may have taken the name first."""
    domain = registrable_domain(asked.domain)
    if any(registrable_domain(role.url) == domain or names(role.words, domain) for role in roles if domain):
        return 0.95
    said = {normalise_name(role.company) for role in roles if role.company}
    if said and asked.name:
        return 0.8 if normalise_name(asked.name) in said else 0.0
    if not roles:
        return 0.0
    return 0.6 if handle == label(asked) else 0.4


def _signal(role: _Role, sure: float) -> FoundSignal:
    title = ", ".join(filter(None, (role.title, role.department, role.place)))
    return FoundSignal("hiring", role.title, title, role.at, role.url, sure)


# How each service writes its roles.


def _greenhouse(data: Any) -> list[_Role] | None:
    match data:
        case {"jobs": list(jobs)}:
            return [
                _Role(
                    title=text(job.get("title")),
                    department=first(next(iter(rows(job.get("departments"))), {}), "name"),
                    place=first(part(job, "location"), "name"),
                    at=day(job.get("first_published")) or day(job.get("updated_at")),
                    url=link(job.get("absolute_url")),
                    words=text(job.get("content")),
                    company=text(job.get("company_name")),
                )
                for job in _titled(jobs, "title")
            ]
    return None


def _lever(data: Any) -> list[_Role] | None:
    match data:
        case list(postings):
            return [
                _Role(
                    title=text(posting.get("text")),
                    department=first(part(posting, "categories"), "department", "team"),
                    place=first(part(posting, "categories"), "location"),
                    at=day(posting.get("createdAt")),
                    url=link(posting.get("hostedUrl")),
                    words=" ".join(text(posting.get(name)) for name in _LEVER_WORDS),
                )
                for posting in _titled(postings, "text")
            ]
        case {"ok": False}:
            return []
    return None


_LEVER_WORDS = ("openingPlain", "descriptionPlain", "descriptionBodyPlain", "additionalPlain")


def _ashby(data: Any) -> list[_Role] | None:
    match data:
        case {"jobs": list(jobs)}:
            return [
                _Role(
                    title=text(job.get("title")),
                    department=first(job, "department", "team"),
                    place=text(job.get("location")),
                    at=day(job.get("publishedAt")),
                    url=link(job.get("jobUrl")),
                    words=first(job, "descriptionPlain", "descriptionHtml"),
                )
                for job in _titled(jobs, "title")
                if job.get("isListed") is not False
            ]
    return None


def _titled(jobs: list[Any], name: str) -> Iterator[dict[str, Any]]:
    return (job for job in rows(jobs) if text(job.get(name)))


BOARDS = (
    _Board("https://boards-api.greenhouse.io/v1/boards/{}/jobs", {"content": "true"}, _greenhouse),
    _Board("https://api.lever.co/v0/postings/{}", {"mode": "json"}, _lever),
    _Board("https://api.eu.lever.co/v0/postings/{}", {"mode": "json"}, _lever),
    _Board("https://api.ashbyhq.com/posting-api/job-board/{}", {}, _ashby),
)
"""In turn, so that each host is asked about once a second at most."""
