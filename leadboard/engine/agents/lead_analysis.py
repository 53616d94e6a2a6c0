"""Agent 2: what the company does, how big it is, what goes on there, and how well it fits the profile."""

from dataclasses import replace
from typing import Any

from leadboard.domain.company import Company, industry_named, place_named, specialities_named
from leadboard.domain.fit import icp_fit
from leadboard.domain.icp import Icp, size_text
from leadboard.domain.package import Statement
from leadboard.domain.receipt import counted
from leadboard.domain.vocabulary import tones
from leadboard.domain.vocabulary.sizes import size_name
from leadboard.engine.agents.base import IMPORT, Known, Section
from leadboard.engine.agents.evidence import distinct, listed, plain, quoted, resting, said, search, series, wanted
from leadboard.engine.agents.pains import pains_of
from leadboard.engine.agents.sector import Sector, sector_of
from leadboard.engine.agents.writing import Slot, Writing
from leadboard.engine.claims import facts_for_lead, read_claims

MOST_SERVICES = 8
MOST_ACTIVITIES = 5
NO_CRITERIA = 0.5
"""Relevance without a profile: the scoring sheet's "no criteria = 50"."""


class LeadAnalysis:
    """Adds `analysis` to the section of the intake.

    `sector`, `size_estimate`: a statement or None; `main_services`, `recent_activities`, `potential_challenges`,
    `culture`, `diagnosis`, `opportunity_fit`: statements; `sector_key`: the industry of the skills sheet or empty;
    `relevance_score` 0 to 1: the ICP fit of the scoring sheet, over what list and website say together.
    """

    id = "lead_analysis"

    writing = Writing(
        "Describe the company to a colleague who has never heard of it.",
        (
            Slot("analysis.diagnosis", "Who the company is, what it offers, to whom and where: one fact each", 4),
            Slot(
                "analysis.potential_challenges",
                "What their own words say is hard, missing, or growing faster than they can follow",
                3,
            ),
            Slot("analysis.culture", "How they say they work and what they value", 2),
        ),
    )

    def run(self, known: Known) -> Section:
        sector = sector_of(known)
        company = company_of(known, sector)
        size = _size(known, company)
        analysis = {
            "sector": sector.statement if sector else None,
            "sector_key": sector.key if sector else "",
            "main_services": _services(known),
            "recent_activities": _activities(known),
            "potential_challenges": [pain.description for pain in pains_of(known, sector.key if sector else "")],
            "size_estimate": size,
            "culture": _culture(known),
            "relevance_score": round(icp_fit(company, known.icp) / 100, 4) if known.icp else NO_CRITERIA,
            "opportunity_fit": _opportunity(known, known.icp, company, sector, size) if known.icp else [],
        }
        return {"analysis": analysis | {"diagnosis": _diagnosis(known, analysis)}}


def company_of(known: Known, sector: Sector | None) -> Company:
    """The company as scoring reads it: what the list says, its gaps filled from the website."""
    company = known.lead.company()
    learned = facts_for_lead(read_claims(known.site, known.lead)) if known.site else {}
    if sector:
        learned["industry"] = sector.name
    gaps: dict[str, Any] = {
        name: learned[name]
        for name in ("industry", "city", "state", "country", "description", "is_hiring")
        if name in learned and getattr(company, name) in ("", None)
    }
    if company.headcount is None and "headcount_min" in learned:
        gaps |= {name: learned[name] for name in ("headcount_min", "headcount_max")}
    technologies = tuple(dict.fromkeys((*company.technologies, *learned.get("technologies", ()))))
    return replace(company, technologies=technologies, **gaps)


def _services(known: Known) -> list[Statement]:
    services = known.site.services if known.site else ()
    ordered = sorted(services, key=lambda service: (not service.primary, -service.found.confidence))
    return distinct(said(service.name, service.found) for service in ordered[:MOST_SERVICES])


def _activities(known: Known) -> list[Statement]:
    news = known.site.news if known.site else ()
    return [said(f"{item.title} ({item.date})", item.found) for item in news[:MOST_ACTIVITIES]]


def _culture(known: Known) -> list[Statement]:
    traits: dict[str, Statement] = {}
    for hit, passage in search(known, tones.CULTURE):
        if len(passage.text.split()) > 3:
            traits.setdefault(hit.key, quoted(f"{hit.key}: they say “{hit.phrase}”", passage, hit, 0.6))
    return list(traits.values())[:3]


def _size(known: Known, company: Company) -> Statement | None:
    """How many people work there, in words and as a range; a number nobody states is not estimated."""
    people = company.headcount
    if people is None:
        return None
    if known.lead.company().headcount is not None:
        ends = [str(end) for end in (known.lead.headcount_min, known.lead.headcount_max) if end]
        return listed(f"{counted(people)} people ({size_name(people)})", "–".join(dict.fromkeys(ends)), 0.8)
    found = next(found for found in (known.site.headcount if known.site else ()) if found.value[0].isdigit())
    if found.method == "team_count":
        return said(f"{found.value} people on the team page ({size_name(people)})", found)
    return said(f"{found.value} people ({size_name(people)})", found)


def _opportunity(
    known: Known, icp: Icp, company: Company, sector: Sector | None, size: Statement | None
) -> list[Statement]:
    """Which entries of the profile the company meets; what it does not meet, the score's receipt says."""
    met = []
    if sector and (named := industry_named(company, icp)):
        met.append(resting(f"{sector.name}: your profile asks for {named}.", sector.statement))
    if (place := place_named(company, icp.geographies)) and (home := _home(known)):
        met.append({**home, "text": f"{', '.join(company.places[::-1])}: your profile asks for {place}."})
    people = company.headcount
    if size and people and icp.has_size and icp.size_min <= people <= (icp.size_max or people):
        met.append({**size, "text": f"{counted(people)} people: your profile asks for {size_text(icp)}."})
    met += [wanted(f"They name your speciality {tag}.", tag, 0.7) for tag in specialities_named(company, icp)[:3]]
    return met


def _diagnosis(known: Known, analysis: Section) -> list[Statement]:
    """The company in at most four sentences, each with its own evidence."""
    name = plain(known.company_name)
    sentences = []
    if sector := analysis["sector"]:
        trade = sector["text"].rpartition("->")[2].partition(", ")[0].strip()
        if sector["source"] != IMPORT and trade.partition(" ")[0][1:].islower():
            trade = trade[0].lower() + trade[1:]
        sentences.append({**sector, "text": f"{name} works in {trade}."})
    if services := analysis["main_services"]:
        named = series([service["text"] for service in services], 4)
        sentences.append({**services[0], "text": f"It offers {named}."})
    if home := _home(known):
        sentences.append({**home, "text": f"It is at home in {home['text']}."})
    if size := analysis["size_estimate"]:
        sentences.append({**size, "text": f"It counts {size['text']}."})
    return sentences[:4]


def _home(known: Known) -> Statement | None:
    """Where the company is: as the list has it, else the first address with a town."""
    if place := known.lead.place:
        return listed(place, place)
    address = next((one for one in (known.site.addresses if known.site else ()) if one.city), None)
    if not address:
        return None
    return said(", ".join(filter(None, (address.city, address.region or address.country))), address.found)
