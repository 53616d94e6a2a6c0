"""ClinicalTrials.gov, against the answers it promises."""

from datetime import date

import pytest

from leadboard.domain.found import Answer, AskedCompany, Fact, FoundSignal, Search
from leadboard.errors import TryLater
from leadboard.providers.base import Garbled, KeyRefused, Misasked, Outage
from leadboard.providers.clinicaltrials import ClinicalTrials
from tests.support.services import wired

HELIX = AskedCompany("Helix Forge Ltd", "helixforge.example")
CARS = Search(specialities=("CAR-T", 'gene "therapy"'), places=("GB", "Leeds", "Benelux"))


def study(number="NCT09990001", sponsor="Helix Forge Ltd", phases=("PHASE1", "PHASE2"), began="2026-02-10"):
    return {
        "protocolSection": {
            "identificationModule": {"nctId": number, "briefTitle": "ADC-1 in Solid Tumours"},
            "statusModule": {"overallStatus": "RECRUITING", "startDateStruct": {"date": began, "type": "ACTUAL"}},
            "sponsorCollaboratorsModule": {"leadSponsor": {"name": sponsor, "class": "INDUSTRY"}},
            "conditionsModule": {"conditions": ["Breast Cancer"]},
            "designModule": {"phases": list(phases)},
            "armsInterventionsModule": {"interventions": [{"type": "BIOLOGICAL", "name": "HF-101"}]},
        },
        "hasResults": False,
    }


def page(*studies, **more):
    return {"studies": list(studies), **more}


async def test_companies_are_the_sponsors_of_trials_each_once():
    answers = page(study(), study("NCT2", "HELIX FORGE, Ltd."), study("NCT3", "Nordvax AS"), study("NCT4", ""))
    trials, asked = wired(ClinicalTrials, answers, key="")
    answer = await trials.companies(CARS)
    helix, nordvax = answer.items
    assert (helix.name, helix.domain, nordvax.name) == ("Helix Forge Ltd", "", "Nordvax AS")
    said = "Leads the clinical trial “ADC-1 in Solid Tumours”. Tries HF-101. Conditions: Breast Cancer."
    assert helix.facts == (Fact("description", said, 0.5, "https://clinicaltrials.gov/study/NCT09990001"),)
    assert (answer.micros, answer.next) == (0, "")
    assert asked.asked == ["GET https://clinicaltrials.gov/api/v2/studies"]
    assert asked.query() == {
        "query.term": '"CAR-T" OR "gene therapy"',
        "query.locn": '"United Kingdom" OR "Leeds" OR "Belgium" OR "Luxembourg" OR "Netherlands"',
        "filter.overallStatus": "RECRUITING|NOT_YET_RECRUITING|ENROLLING_BY_INVITATION|ACTIVE_NOT_RECRUITING",
        "filter.advanced": "AREA[LeadSponsorClass]INDUSTRY",
        "fields": "NCTId,BriefTitle,LeadSponsorName,LeadSponsorClass,OverallStatus,Phase,StartDate,Condition,"
        "InterventionName",
        "pageSize": "100",
    }


async def test_nobody_is_asked_for_contacts_of_a_trial():
    trials, asked = wired(ClinicalTrials, page(), key="")
    await trials.companies(CARS)
    assert "Contact" not in asked.query()["fields"]


async def test_pages_follow_their_token_to_the_end():
    trials, asked = wired(ClinicalTrials, page(study(), nextPageToken="SIM_2"), page(study()), key="")
    first = await trials.companies(CARS)
    second = await trials.companies(CARS, first.next)
    assert (first.next, second.next, asked.query()["pageToken"]) == ("SIM_2", "", "SIM_2")
    assert {**asked.query(1), "pageToken": ""} == {**asked.query(0), "pageToken": ""}


async def test_without_a_speciality_nothing_is_asked():
    trials, asked = wired(ClinicalTrials, page(study()), key="")
    assert await trials.companies(Search(industries=("Biotech",), places=("UK",))) == Answer()
    assert await trials.signals(AskedCompany(domain="helixforge.example")) == Answer()
    assert asked.requests == []


async def test_keywords_stand_in_for_specialities():
    trials, asked = wired(ClinicalTrials, page(), key="")
    assert (await trials.companies(Search(keywords=("gene therapy",)))).items == ()
    assert (asked.query()["query.term"], "query.locn" in asked.query()) == ('"gene therapy"', False)


async def test_the_trials_of_a_company_are_signals():
    others = study(sponsor="Helix Forge Holdings Oncology")
    trials, asked = wired(ClinicalTrials, page(study(), others), key="")
    (signal,) = (await trials.signals(HELIX)).items
    assert signal == FoundSignal(
        "trial",
        "phase_1_phase_2",
        "ADC-1 in Solid Tumours",
        date(2026, 2, 10),
        "https://clinicaltrials.gov/study/NCT09990001",
        0.95,
    )
    assert (asked.query()["query.lead"], asked.query()["sort"]) == ('"Helix Forge Ltd"', "LastUpdatePostDate:desc")


@pytest.mark.parametrize(
    ("said", "at", "phases", "value"),
    [
        ("2026-02", date(2026, 2, 1), ["PHASE3"], "phase_3"),
        ("soon", None, ["EARLY_PHASE1"], "early_phase_1"),
        ("", None, ["NA"], "recruiting"),
        (None, None, [], "recruiting"),
    ],
)
async def test_days_and_phases_may_be_half_known(said, at, phases, value):
    trials, _ = wired(ClinicalTrials, page(study(began=said, phases=phases)), key="")
    (signal,) = (await trials.signals(HELIX)).items
    assert (signal.at, signal.value) == (at, value)


async def test_every_part_of_a_trial_may_be_missing():
    bare = {"protocolSection": {"sponsorCollaboratorsModule": {"leadSponsor": {"name": "Helix Forge Ltd"}}}}
    trials, _ = wired(ClinicalTrials, page({}, {"protocolSection": None}, bare), key="")
    (company,) = (await trials.companies(CARS)).items
    assert (company.name, company.facts) == ("Helix Forge Ltd", ())
    (signal,) = (await trials.signals(HELIX)).items
    assert (signal.kind, signal.value, signal.source) == ("trial", "active", "")


@pytest.mark.parametrize(
    ("answer", "raised"),
    [
        ((400, "Invalid value in parameter `pageToken`"), Misasked),
        ((403, ""), KeyRefused),
        ((429, ""), TryLater),
        ((502, "<html>Bad gateway</html>"), Outage),
        ("<!DOCTYPE html><html>", Outage),
        ("studies", Garbled),
        ({"studies": None}, Garbled),
        ([], Garbled),
    ],
)
async def test_a_failure_says_what_may_be_done_next(waits, answer, raised):
    trials, _ = wired(ClinicalTrials, answer, key="")
    with pytest.raises(raised):
        await trials.companies(CARS)


async def test_its_plain_words_about_a_wrong_question_are_kept():
    trials, _ = wired(ClinicalTrials, (400, "Unknown field name\n`X`"), key="")
    with pytest.raises(Misasked) as failure:
        await trials.companies(CARS)
    assert failure.value.said == "Unknown field name `X`"


async def test_a_page_instead_of_data_is_asked_for_again(waits):
    trials, asked = wired(ClinicalTrials, "<html>", page(study()), key="")
    assert len((await trials.companies(CARS)).items) == 1
    assert (len(asked.requests), waits) == (2, [1])


async def test_the_version_tells_how_old_the_data_is():
    trials, asked = wired(ClinicalTrials, {"apiVersion": "2.0.5", "dataTimestamp": "2026-03-25T09:00:05"}, key="")
    assert (await trials.check()).sentence == "ClinicalTrials.gov answers with data of 2026-03-25."
    assert asked.asked == ["GET https://clinicaltrials.gov/api/v2/version"]
