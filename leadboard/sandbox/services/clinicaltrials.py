"""ClinicalTrials.gov in the demo world: the trials of its therapy companies, and those of hospitals beside them."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from leadboard.domain.places import country_name
from leadboard.sandbox.names import CITIES, CONDITIONS
from leadboard.sandbox.services.base import SLOW, Api, Asked, Reply
from leadboard.sandbox.tokens import opened, sealed
from leadboard.sandbox.wording import says
from leadboard.sandbox.world import Company, Trial, World, on

_PIECES = {
    "NCTId": "identificationModule.nctId",
    "BriefTitle": "identificationModule.briefTitle",
    "BriefSummary": "descriptionModule.briefSummary",
    "OverallStatus": "statusModule.overallStatus",
    "StartDate": "statusModule.startDateStruct.date",
    "LastUpdatePostDate": "statusModule.lastUpdatePostDateStruct.date",
    "LeadSponsorName": "sponsorCollaboratorsModule.leadSponsor.name",
    "LeadSponsorClass": "sponsorCollaboratorsModule.leadSponsor.class",
    "Condition": "conditionsModule.conditions",
    "Phase": "designModule.phases",
    "InterventionName": "armsInterventionsModule.interventions.name",
    "LocationCity": "contactsLocationsModule.locations.city",
    "LocationCountry": "contactsLocationsModule.locations.country",
}
"""Piece -> where it lies."""
_QUERIES = {
    "query.term": ("BriefTitle", "BriefSummary", "Condition", "InterventionName", "LeadSponsorName"),
    "query.cond": ("Condition", "BriefTitle"),
    "query.intr": ("InterventionName",),
    "query.titles": ("BriefTitle",),
    "query.lead": ("LeadSponsorName",),
    "query.spons": ("LeadSponsorName",),
    "query.locn": ("LocationCity", "LocationCountry"),
    "query.id": ("NCTId",),
}
_AREA = re.compile(r"AREA\[(\w+)\]\(?([\w ]+)\)?")


def studies(asked: Asked) -> Any:
    """A page of studies that fit all that is asked; a token of another question is refused."""
    query = asked.query
    fields = [piece for piece in query.get("fields", "").split(",") if piece]
    if unknown := next((piece for piece in fields if piece not in _PIECES), ""):
        return _refused(f"Invalid value in parameter `fields`: unknown field name {unknown}")
    if (allowed := _advanced(query.get("filter.advanced", ""))) is None:
        return _refused("Invalid value in parameter `filter.advanced`: the expression cannot be parsed")
    about = {name: said for name, said in query.items() if name != "pageToken"}
    if (start := _start(query.get("pageToken", ""), about)) is None:
        return _refused("Invalid value in parameter `pageToken`: token does not fit the query")
    found = [each for each in _studies(asked) if _fits(each, query) and allowed(each)]
    if query.get("sort") == "LastUpdatePostDate:desc":
        found.sort(key=lambda each: _said(each, "LastUpdatePostDate"), reverse=True)
    end = start + int(query.get("pageSize", 10))
    said: dict[str, Any] = {"studies": [_shown(each, fields) for each in found[start:end]]}
    if query.get("countTotal") == "true" and not start:
        said["totalCount"] = len(found)
    return said | ({"nextPageToken": sealed([end, sorted(about.items())])} if end < len(found) else {})


def version(asked: Asked) -> Any:
    """How old the data is."""
    return {"apiVersion": "2.0.5", "dataTimestamp": f"{on(1, asked.today)}T09:00:05"}


def _refused(sentence: str) -> Reply:
    return Reply(400, sentence)


def _start(token: str, about: Mapping[str, str]) -> int | None:
    """Where the page of a token begins; None where it is none, or one of another question."""
    if not token:
        return 0
    try:
        start, of = opened(token)
    except ValueError:
        return None
    return start if dict(map(tuple, of)) == about else None


def _fits(study: Mapping[str, Any], query: Mapping[str, str]) -> bool:
    statuses = re.split(r"[|,]", query["filter.overallStatus"]) if query.get("filter.overallStatus") else ()
    if statuses and _said(study, "OverallStatus") not in statuses:
        return False
    texts = ((" ".join(_said(study, piece) for piece in pieces), query.get(name)) for name, pieces in _QUERIES.items())
    return all(says(text, wanted) for text, wanted in texts if wanted)


def _advanced(expression: str) -> Callable[[Mapping[str, Any]], bool] | None:
    """What `AREA[Phase](PHASE1 OR PHASE2) AND AREA[LeadSponsorClass]INDUSTRY` lets through; None for another kind."""
    tests = []
    for part in filter(None, expression.split(" AND ")):
        found = _AREA.fullmatch(part.strip())
        if not found or found[1] not in _PIECES:
            return None
        tests.append((found[1], set(found[2].split(" OR "))))
    return lambda study: all(wanted & set(_said(study, piece).split(" ")) for piece, wanted in tests)


def _said(study: Mapping[str, Any], piece: str) -> str:
    """The words under a piece; several are one after the other."""
    found: list[Any] = [study["protocolSection"]]
    for name in _PIECES[piece].split("."):
        found = [each[name] for said in found for each in (said if isinstance(said, list) else [said])]
    return " ".join(each if isinstance(each, str) else " ".join(each) for each in found)


def _shown(study: Mapping[str, Any], fields: list[str]) -> Mapping[str, Any]:
    """The study with the asked leaves only, in their places; all of it when none is named."""
    paths = [["protocolSection", *_PIECES[piece].split(".")] for piece in fields]
    return _cut(study, paths) if paths else study


def _cut(said: Any, paths: list[list[str]]) -> Any:
    if isinstance(said, list):
        return [_cut(each, paths) for each in said]
    inner: dict[str, list[list[str]]] = {}
    for name, *rest in paths:
        inner.setdefault(name, []).append(rest)
    return {name: said[name] if [] in rest else _cut(said[name], rest) for name, rest in inner.items() if name in said}


@lru_cache(maxsize=4)
def _trials(world: World) -> tuple[tuple[Company | None, Trial], ...]:
    """Every trial with the company that leads it; None for a hospital."""
    led = [(company, trial) for company in world.companies for trial in world.trials(company.domain)]
    chance = world.chance("hospitals")
    academic = (
        Trial(
            id=f"NCT8{number:07}",
            title=f"Registry of Patients With {condition}",
            condition=condition,
            intervention="Questionnaire",
            phase="NA",
            status="RECRUITING",
            days_ago=chance.randint(3, 400),
        )
        for number, condition in enumerate(CONDITIONS, start=1)
    )
    return (*led, *((None, each) for each in academic))


def _studies(asked: Asked) -> Iterator[dict[str, Any]]:
    for company, trial in _trials(asked.world):
        yield _study(company, trial, asked)


def _study(company: Company | None, trial: Trial, asked: Asked) -> dict[str, Any]:
    city = CITIES[company.city] if company else CITIES["Boston"]
    name, kind = (company.legal_name, "INDUSTRY") if company else (f"{city.name} University Hospital", "OTHER")
    place = {"facility": f"{city.name} University Hospital", "city": city.name, "country": country_name(city.country)}
    summary = " ".join((company.description, *company.specialities)) if company else "A registry of volunteers."
    changed = on(trial.days_ago, asked.today)
    return {
        "protocolSection": {
            "identificationModule": {
                "nctId": trial.id,
                "briefTitle": trial.title,
                "organization": {"fullName": name, "class": kind},
            },
            "statusModule": {
                "overallStatus": trial.status,
                "startDateStruct": {"date": f"{on(trial.days_ago + 60, asked.today):%Y-%m}", "type": "ACTUAL"},
                "lastUpdatePostDateStruct": {"date": f"{changed}", "type": "ACTUAL"},
            },
            "sponsorCollaboratorsModule": {"leadSponsor": {"name": name, "class": kind}},
            "descriptionModule": {"briefSummary": summary},
            "conditionsModule": {"conditions": [trial.condition]},
            "designModule": {"studyType": "INTERVENTIONAL", "phases": [trial.phase]},
            "armsInterventionsModule": {"interventions": [{"type": "BIOLOGICAL", "name": trial.intervention}]},
            "contactsLocationsModule": {"locations": [place]},
        },
        "hasResults": False,
    }


API = Api(
    name="clinicaltrials",
    hosts=("clinicaltrials.gov",),
    routes={"GET /api/v2/studies": studies, "GET /api/v2/version": version},
    too_many=Reply(429, "Too many requests", SLOW),
    broken=Reply(503, "<html><body>Service Unavailable</body></html>", {"Content-Type": "text/html"}),
)
