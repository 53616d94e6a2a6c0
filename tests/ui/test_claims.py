"""What sources say, a row per field: who is right is a choice, and what agrees is no contradiction."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from leadboard.store.edits import Setter
from leadboard.store.said import Said
from leadboard.store.tables import Lead, utcnow
from leadboard.ui.display import ClaimRow
from leadboard.ui.lead.claims import claim_rows

NOW = utcnow()
PAGE = "https://www.halden.example/team"


def said(field: str, value: str, confidence: float = 0.8, source: str = PAGE, **more: Any) -> Said:
    return Said(field, value, source, more.pop("snippet", ""), confidence, more.pop("seen_at", NOW), **more)


def rows(*sources: Said, setters: dict[str, Setter] | None = None, pages: int = 0, **lead: Any) -> dict[str, ClaimRow]:
    made = Lead(workspace_id=uuid4(), key="halden.example", **{"name": "Halden"} | lead)
    return {row.title: row for row in claim_rows(made, sources, setters or {}, "EUR", NOW, pages)}


def test_what_the_lead_has_is_the_chosen_one_and_the_others_stand_beside_it():
    row = rows(
        said("headcount", "96", 0.9, "Companies.csv, row 3"),
        said("headcount", "118", 0.7, snippet="a team of 118"),
        headcount_min=118,
        headcount_max=118,
    )["Employees"]
    assert (row.value, row.rivals, row.typed, row.confidence) == ("118", "1 of 2", "118", "0.70")
    assert [(one.value, one.chosen, one.source, one.snippet) for one in row.choices] == [
        ("96", False, "Companies.csv, row 3", ""),
        ("118", True, "halden.example/team", "a team of 118"),
    ]
    assert row.verdict == "Sources disagree. Scores use the chosen one."


def test_sources_that_mean_the_same_agree():
    row = rows(
        said("country", "NO", 0.9),
        said("country", "Norway", 0.5, "list.csv, row 1"),
        country="NO",
    )["Country"]
    assert (row.value, row.rivals, row.choices) == ("Norway", "", [])
    row = rows(said("founded", "1998"), said("founded_year", "1998", source="list.csv, row 1"), said("founded", "1999"))
    assert [one.source for one in row["Founded"].choices] == ["halden.example/team and 1 more", "halden.example/team"]
    assert row["Founded"].verdict == "Sources disagree. None of the values is in use yet."


def test_a_value_without_a_source_is_one_to_choose_from():
    row = rows(said("company_name", "Halden Instruments"), name="halden.example")["Name"]
    assert [(one.value, one.chosen, one.said, one.source) for one in row.choices] == [
        ("halden.example", True, "", "Without a source"),
        ("Halden Instruments", False, "Halden Instruments", "halden.example/team"),
    ]


def test_what_a_person_set_or_chose_is_locked_and_says_who():
    setters = {"city": Setter("Ada Moreno", NOW), "industry": Setter("Ben Oduya", NOW)}
    shown = rows(
        said("city", "Moss"),
        said("industry", "Labs"),
        said("industry", "Toys", 0.9),
        setters=setters,
        city="Halden",
        industry="Labs",
        locked=["city", "industry"],
    )
    city, industry = shown["City"], shown["Industry"]
    assert (city.value, city.person.name, city.locked) == ("Halden", "Ada Moreno", True)
    assert [one.source for one in city.choices] == ["Ada Moreno typed it", "halden.example/team"]
    assert (industry.source.href, industry.person.name, industry.locked) == (PAGE, "", True)
    assert industry.locked_by == "Ben Oduya set this, so machines leave it alone."
    assert industry.verdict == "Ben Oduya settled this, so machines leave it alone."


def test_what_a_source_says_badly_is_shown_but_cannot_be_chosen():
    row = rows(said("headcount", "lots"), said("headcount", "90"), headcount_min=90, headcount_max=90)["Employees"]
    assert [(one.value, one.why) for one in row.choices] == [
        ("lots", "This cannot be read as employees: type it under Summary"),
        ("90", ""),
    ]


@pytest.mark.parametrize("field", ["phone", "technology", "contact_name", "customer"])
def test_several_of_a_kind_stand_beside_each_other(field):
    (row,) = rows(said(field, "+4722123456", 0.9), said(field, "+4722123457")).values()
    assert (row.value, row.rivals, row.choices) == ("+4722123456, +4722123457", "", [])


def test_what_was_asked_and_not_found_says_how_many_were_asked_and_what_is_old_says_so():
    old = NOW - timedelta(days=91)
    shown = rows(
        said("city", "Moss", source="list.csv, row 1", seen_at=old),
        said("hiring", "yes", seen_at=old),
        pages=3,
        city="Moss",
    )
    assert shown["Industry"].note == "3 pages and 1 imported row asked"
    assert shown["Industry"].value == ""
    assert [row.title for row in shown.values() if row.stale] == ["Hiring"], "an open role fades, a city stays"
    assert (shown["Hiring"].confidence, shown["Hiring"].meter) == ("0.20", 20)
    assert shown["Hiring"].age.endswith("80 % sure then, 20 % sure now. It is looked up again before a send.")
    assert shown["City"].confidence == "0.79"
