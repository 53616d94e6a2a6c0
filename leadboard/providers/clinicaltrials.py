"""ClinicalTrials.gov: companies by what they try on people, and the trials of a company.

A trial says neither where its sponsor is nor what its website is, only where it takes place and what it is about.
Contacts are for questions about a trial: they are not asked for.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from leadboard.domain.found import Answer, AskedCompany, FoundCompany, FoundSignal, Health, Search
from leadboard.domain.places import country_codes, country_name
from leadboard.domain.services import KeyKind, Known, Offer, Pace, Service, Task, needs
from leadboard.domain.site.text import unique
from leadboard.providers.base import Outage, Provider, Reply
from leadboard.providers.phrases import any_of
from leadboard.providers.reading import day, facts, part, rows, text, texts
from leadboard.providers.registers import core_name, same_name

PER_PAGE = 100
"""Trials a page."""
FIELDS = "NCTId,BriefTitle,LeadSponsorName,LeadSponsorClass,OverallStatus,Phase,StartDate,Condition,InterventionName"
ACTIVE = "RECRUITING|NOT_YET_RECRUITING|ENROLLING_BY_INVITATION|ACTIVE_NOT_RECRUITING"
INDUSTRY = "AREA[LeadSponsorClass]INDUSTRY"


class ClinicalTrials(Provider):
    """ClinicalTrials.gov, version 2."""

    service = Service(
        name="clinicaltrials",
        label="ClinicalTrials.gov",
        site="https://clinicaltrials.gov",
        key=KeyKind.NONE,
        offers=(
            Offer(Task.COMPANIES, gives=frozenset({"description"})),
            Offer(Task.SIGNALS, gives=frozenset({"trial"}), needs=needs((Known.COMPANY_NAME,))),
        ),
        pace=Pace(calls=1, together=1),
        note="Public data; name ClinicalTrials.gov as the source.",
    )
    base_url = "https://clinicaltrials.gov/api/v2/"

    def judge(self, reply: Reply) -> bool:
        """Now and then a page comes instead of data: as good as none, and gone a moment later."""
        found = super().judge(reply)
        if found and reply.text.lstrip().startswith("<"):
            raise Outage("ClinicalTrials.gov sent a page instead of data.", status=reply.status)
        return found

    async def check(self) -> Health:
        """Whether it answers, and how old its data is."""
        reply = await self.get("version")
        match reply and reply.data:
            case {"dataTimestamp": str(timestamp)}:
                return Health(True, f"ClinicalTrials.gov answers with data of {timestamp[:10]}.")
            case {}:
                return Health(True, "ClinicalTrials.gov answers.")
        raise self.garbled(reply)

    async def companies(self, search: Search, cursor: str = "") -> Answer[FoundCompany]:
        """Companies that lead an active trial about any of the specialities (or keywords) at any of the places, which
        are those of the trial: a page of trials, each company once. Empty without a speciality or keyword."""
        about = search.specialities or search.keywords
        if not about:
            return Answer()
        reply = await self._studies(
            cursor,
            **{
                "query.term": any_of(about),
                "query.locn": any_of(_places(search.places)),
                "filter.overallStatus": ACTIVE,
                "filter.advanced": INDUSTRY,
            },
        )
        found = (_company(study) for study in self._read(reply) if _sponsor(study))
        each_once = unique(found, lambda company: core_name(company.name))
        return self.answer(Task.COMPANIES, each_once, reply, next=_next(reply))

    async def signals(self, asked: AskedCompany) -> Answer[FoundSignal]:
        """The trials that a company leads, those changed last first, at most 100."""
        if not asked.name:
            return Answer()
        reply = await self._studies(
            "",
            **{"query.lead": any_of([asked.name]), "filter.overallStatus": ACTIVE, "sort": "LastUpdatePostDate:desc"},
        )
        own = (study for study in self._read(reply) if same_name(_sponsor(study), asked.name))
        return self.answer(Task.SIGNALS, tuple(map(_signal, own)), reply)

    async def _studies(self, cursor: str, **parameters: str) -> Reply | None:
        return await self.get("studies", **parameters, fields=FIELDS, pageSize=PER_PAGE, pageToken=cursor)

    def _read(self, reply: Reply | None) -> list[dict[str, Any]]:
        """The sections of the trials that say something."""
        if reply is None:
            return []
        match self.data(reply, dict):
            case {"studies": list(studies)}:
                return [section for each in rows(studies) if (section := part(each, "protocolSection"))]
        raise self.garbled(reply)


def _places(places: Iterable[str]) -> Iterator[str]:
    """Places by the names that trials have for them: those of the countries for a region."""
    for place in places:
        yield from sorted(map(country_name, country_codes(place))) or [place]


def _next(reply: Reply | None) -> str:
    match reply and reply.data:
        case {"nextPageToken": str(token)}:
            return token
    return ""


def _sponsor(study: Mapping[str, Any]) -> str:
    return text(part(study, "sponsorCollaboratorsModule", "leadSponsor").get("name"))


def _about(study: Mapping[str, Any]) -> tuple[str, str]:
    """Title of a trial, and the address where it can be read."""
    said = part(study, "identificationModule")
    number = text(said.get("nctId"))
    return text(said.get("briefTitle")), f"https://clinicaltrials.gov/study/{number}" if number else ""


def _company(study: Mapping[str, Any]) -> FoundCompany:
    title, source = _about(study)
    return FoundCompany(_sponsor(study), "", facts({"description": " ".join(_sentences(study, title))}, 0.5, source))


def _sentences(study: Mapping[str, Any], title: str) -> Iterator[str]:
    """What the trial says about its sponsor: its title, what is tried, and against what."""
    tried = ", ".join(
        text(each.get("name")) for each in rows(part(study, "armsInterventionsModule").get("interventions"))
    )
    against = ", ".join(texts(part(study, "conditionsModule").get("conditions")))
    if title:
        yield f"Leads the clinical trial “{title}”."
    if tried:
        yield f"Tries {tried}."
    if against:
        yield f"Conditions: {against}."


def _signal(study: Mapping[str, Any]) -> FoundSignal:
    title, source = _about(study)
    status = part(study, "statusModule")
    phases = [phase for phase in texts(part(study, "designModule").get("phases")) if phase != "NA"]
    value = (
        "_".join(phase.replace("PHASE", "PHASE_") for phase in phases) or text(status.get("overallStatus")) or "active"
    )
    began = day(text(part(status, "startDateStruct").get("date")) + "-01")  # often only the month is known
    return FoundSignal("trial", value.lower(), title, began, source, 0.95)
