"""What rows of an import become, what a match does, and how all of it is taken back."""

from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from leadboard.domain.icp import Icp
from leadboard.errors import NotFound, Refused
from leadboard.store import board, db, icps, imports
from leadboard.store.tables import Contact, Event, ImportJob, Lead
from tests import importing
from tests.conftest import Team
from tests.importing import Sums, import_text, sums

HEAD = "Company,Website,Industry,City,Phone\n"
PEOPLE = "Company,Website,First name,Last name,Job title,Email\n"
DEALS = "Account,Deal id,Deal stage,Deal value,Close date,Owner\n"


async def test_a_company_with_its_person_becomes_a_lead_with_a_contact(any_database, team: Team, tmp_path: Path):
    job, rows = await import_text(
        team,
        tmp_path,
        "Company,Website,Industry,Employees,City,Country,First name,Last name,Job title,Email\n"
        "Acme Inc,https://www.acme.com/,Biotech,11-50,Berlin,Germany,Jane,Doe,CEO,Jane@acme.com\n",
    )

    assert sums(job) == Sums(read=1, created=1, updated=0, skipped=0, failed=0)
    lead = (await importing.leads_of(team))["acme.com"]
    assert (lead.name, lead.industry, lead.city, lead.country) == ("Acme Inc", "Biotech", "Berlin", "DE")
    assert (lead.headcount_min, lead.headcount_max, lead.source, lead.status) == (11, 50, "import", "harvested")
    [jane] = await importing.contacts_of(team)
    assert (jane.lead_id, jane.name, jane.title, jane.email) == (lead.id, "Jane Doe", "CEO", "jane@acme.com")
    assert rows[0].reason == "New lead, with Jane Doe."
    assert rows[0].values["headcount"] == "11–50"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("AB,,,,\n", "shorter than 3"),
        ("Biotech,,,,\n", "names an industry"),
        ("Acme,https://linkedin.com/company/acme,,,\n", "is a social network"),
        (",,Biotech,Berlin,\n", "names no company and no person"),
        ("???,,,,\n", "no letters or digits"),
    ],
)
async def test_a_row_without_a_usable_company_fails_with_its_reason(database, team, tmp_path, row, reason):
    job, rows = await import_text(team, tmp_path, HEAD + row + "Acme,acme.com,,,\n")

    assert (rows[0].outcome, rows[1].outcome) == ("failed", "created")
    assert reason in rows[0].reason
    assert sums(job) == Sums(2, 1, 0, 0, 1)


async def test_a_person_belongs_to_the_company_of_their_address_but_not_to_a_mail_service(database, team, tmp_path):
    text = PEOPLE + ",,Jane,Doe,CEO,jane@acme.com\n,,Max,Roe,CTO,max@gmail.com\n"

    job, rows = await import_text(team, tmp_path, text)

    assert sums(job) == Sums(2, 1, 0, 0, 1)
    assert list(await importing.leads_of(team)) == ["acme.com"]
    assert "has no company" in rows[1].reason


async def test_a_bad_cell_is_left_out_and_said_while_its_row_is_imported(database, team, tmp_path):
    text = "Company,Website,Founded,Email\nAcme,acme.com,soon,nobody\nBeta,beta.com,1999,hi@beta.com\n"

    job, rows = await import_text(team, tmp_path, text)

    assert sums(job).created == 2
    assert "Founded" in rows[0].reason
    assert "Email" in rows[0].reason
    assert (await importing.leads_of(team))["acme.com"].founded_year is None


async def test_an_amount_in_another_currency_is_left_out_and_said(database, team, tmp_path):
    text = DEALS + "Acme,1,Won,$1200,,Ada\nBeta,2,Won,€1200.50,,Ada\n"

    job, rows = await import_text(team, tmp_path, text)

    leads = await importing.leads_of(team)
    assert (leads["acme"].value, leads["beta"].value) == (None, 120050)
    assert "1,200 USD is left out, because this workspace counts in EUR" in rows[0].reason
    assert sums(job).created == 2


async def test_deals_set_value_and_stages_and_a_lead_keeps_one_whole_deal(database, team, tmp_path):
    text = DEALS + (
        "Acme,1,Engaging,,,Ada\nAcme,2,Won,500,2020-01-02,Bo\nAcme,1,Engaging,900,,Ada\nBeta,3,Closed Lost,,,\n"
    )

    _, rows = await import_text(team, tmp_path, text)

    leads = await importing.leads_of(team)
    acme = leads["acme"]
    assert (acme.deal_stage, acme.sales_stage, acme.value, acme.close_date) == ("Engaging", "negotiating", 90000, None)
    assert (acme.owner_name, leads["beta"].sales_stage) == ("Ada", "disqualified")
    assert "keeps the deal it has" in rows[1].reason
    assert [row.outcome for row in rows] == ["created", "skipped", "updated", "created"]
    async with db.read(team.id) as tx:
        assert await board.totals(tx) == {"negotiating": (1, 90000), "disqualified": (1, 0)}


async def test_later_rows_of_a_company_join_the_first_in_the_order_of_the_file(any_database, team, tmp_path):
    text = PEOPLE + "Acme,acme.com,Jane,Doe,CEO,\nACME Inc.,,Max,Roe,CTO,\nAcme,www.acme.com,Jane,Doe,,jane@acme.com\n"

    job, rows = await import_text(team, tmp_path, text)

    assert sums(job) == Sums(3, 1, 2, 0, 0)
    assert rows[1].reason == "Same company as row 1 (Acme) by company name: added Max Roe."
    assert rows[2].reason == "Same company as row 1 (Acme) by website: Jane Doe's email."
    assert [one.key for one in await importing.contacts_of(team)] == ["jane@acme.com", "max roe"]


async def test_equal_names_with_different_websites_are_different_companies(database, team, tmp_path):
    text = HEAD + "Acme,acme.com,,,\nAcme,acme.io,,,\nAcme,,,,\n"

    job, rows = await import_text(team, tmp_path, text)

    assert sums(job) == Sums(3, 2, 0, 0, 1)
    assert "2 leads are called “Acme”" in rows[2].reason


async def test_a_match_by_address_finds_a_company_through_its_people(database, team, tmp_path):
    await import_text(team, tmp_path, PEOPLE + "Acme,,Jane,Doe,,jane@acme.com\n")
    text = PEOPLE + "Acme Holding,,Jane,Doe,CEO,jane@acme.com\n"

    _, rows = await import_text(team, tmp_path, text, match_by=["email"])

    assert rows[0].reason == "Matches Acme by e-mail address: Jane Doe's title."


async def test_what_is_here_is_left_alone_when_its_match_was_not_chosen(database, team, tmp_path):
    await import_text(team, tmp_path, HEAD + "Acme,acme.com,,,\n")

    job, rows = await import_text(team, tmp_path, HEAD + "Acme,acme.com,Biotech,,\n", match_by=["email"])

    assert sums(job) == Sums(1, 0, 0, 1, 0)
    assert rows[0].reason == "Acme is “acme.com” already, and this import does not match by website."


@pytest.mark.parametrize(
    ("how", "industry", "city", "outcome"),
    [
        ("fill_empty", "Biotech", "Berlin", "updated"),
        ("overwrite", "Software", "Berlin", "updated"),
        ("skip", "Biotech", "", "skipped"),
    ],
)
async def test_a_match_does_what_was_chosen(any_database, team, tmp_path, how, industry, city, outcome):
    await import_text(team, tmp_path, HEAD + "Acme,acme.com,Biotech,,\n")

    _, rows = await import_text(team, tmp_path, HEAD + "Acme,acme.com,Software,Berlin,\n", on_match=how)

    lead = (await importing.leads_of(team))["acme.com"]
    assert (rows[0].outcome, lead.industry, lead.city) == (outcome, industry, city)


async def test_a_new_person_joins_a_company_that_is_otherwise_left_alone(database, team, tmp_path):
    await import_text(team, tmp_path, PEOPLE + "Acme,acme.com,Jane,Doe,CEO,jane@acme.com\n")

    text = PEOPLE + "Acme,acme.com,Jane,Doe,COO,jane@acme.com\nAcme,acme.com,Max,Roe,CTO,max@acme.com\n"
    job, _ = await import_text(team, tmp_path, text, on_match="skip")

    assert sums(job) == Sums(2, 0, 1, 1, 0)
    assert [(one.name, one.title) for one in await importing.contacts_of(team)] == [
        ("Jane Doe", "CEO"),
        ("Max Roe", "CTO"),
    ]


async def test_a_value_that_a_person_locked_never_changes(database, team, tmp_path):
    await import_text(team, tmp_path, HEAD + "Acme,acme.com,Biotech,,\n")
    async with db.begin(team.id) as tx:
        (await tx.exec(select(Lead))).one().locked = ["industry", "city"]

    await import_text(team, tmp_path, HEAD + "Acme,acme.com,Software,Berlin,+49 30 123456\n", on_match="overwrite")

    lead = (await importing.leads_of(team))["acme.com"]
    assert (lead.industry, lead.city, lead.phone) == ("Biotech", "", "+4930123456")


async def test_a_lead_known_by_name_is_known_by_its_website_once_it_has_one(database, team, tmp_path):
    await import_text(team, tmp_path, HEAD + "Acme,,,,\nBeta,beta.com,,,\n")

    _, rows = await import_text(team, tmp_path, HEAD + "Acme,acme.com,,,\nBeta,,,,\n", match_by=["name", "domain"])

    assert sorted(await importing.leads_of(team)) == ["acme.com", "beta.com"]
    assert [row.outcome for row in rows] == ["updated", "skipped"]


async def test_a_website_that_is_another_leads_is_not_given_to_a_second_one(database, team, tmp_path):
    await import_text(team, tmp_path, HEAD + "Acme,,,,\nBeta,beta.com,,,\n")

    _, rows = await import_text(team, tmp_path, HEAD + "Acme,beta.com,Biotech,,\n", match_by=["name", "domain"])

    leads = await importing.leads_of(team)
    assert (leads["acme"].website, leads["acme"].industry) == ("", "Biotech")
    assert "“beta.com” belongs to Beta" in rows[0].reason


async def test_companies_that_the_profile_excludes_are_skipped_and_others_scored(database, team, tmp_path):
    async with db.begin(team.id) as tx:
        await icps.save(tx, Icp(industry=("Biotech",), exclusions=("acme.com",)), "Ada")

    job, rows = await import_text(team, tmp_path, HEAD + "Acme,www.acme.com,Biotech,,\nBeta,beta.com,Biotech,,\n")

    assert sums(job) == Sums(2, 1, 0, 1, 0)
    assert rows[0].reason == "Your ideal customer profile excludes “acme.com”."
    beta = (await importing.leads_of(team))["beta.com"]
    assert beta.fit_score >= 0
    assert beta.fit_icp_version == 1


async def test_an_import_is_told_once_with_its_sums(database, team, tmp_path):
    job, _ = await import_text(team, tmp_path, HEAD + "Acme,acme.com,,,\nAB,,,,\n")

    async with db.read(team.id) as tx:
        [event] = (await tx.exec(select(Event).where(Event.kind == "import_done"))).all()
    assert event.data == {
        "job": str(job.id), "file": "list.csv", "read": 2, "created": 1, "updated": 0, "skipped": 0, "failed": 1
    }  # fmt: skip
    assert event.shown


NOT_COMPARED = {"version", "fit_at", "als_at"}


async def dump(team: Team) -> dict[str, list[dict[str, Any]]]:
    """Every column of the live leads and contacts but counters and moments of scoring."""
    found: dict[str, list[dict[str, Any]]] = {}
    async with db.read(team.id) as tx:
        for table in (Lead, Contact):
            rows = (await tx.exec(select(table).where(col(table.deleted_at).is_(None)).order_by(table.key))).all()
            found[table.__name__] = [row.model_dump(exclude=NOT_COMPARED) for row in rows]
        found["totals"] = [dict(await board.totals(tx))]
    return found


@pytest.mark.parametrize("how", ["fill_empty", "overwrite", "skip"])
async def test_a_revert_restores_every_column_of_leads_and_people(any_database, team, tmp_path, how):
    first = PEOPLE + "Acme,acme.com,Jane,Doe,CEO,\nBeta,,Max,Roe,,max@beta.com\n"
    await import_text(team, tmp_path, first)
    await import_text(team, tmp_path, DEALS + "Acme,1,Engaging,400,2020-01-02,Ada\n")
    before = await dump(team)

    second = PEOPLE + (
        "Acme,acme.com,Jane,Doe,COO,jane@acme.com\nBeta,beta.com,Max,Roe,CTO,max@beta.com\n"
        "Beta,beta.com,Eve,Poe,,\nGamma,gamma.com,Al,Loe,,al@gamma.com\nGamma,gamma.com,Al,Loe,CEO,\n"
    )
    job, _ = await import_text(team, tmp_path, second, on_match=how)
    assert await dump(team) != before
    reverted = await importing.revert(team, job.id)

    assert await dump(team) == before
    assert (reverted.status, reverted.removed, reverted.kept) == ("reverted", 1, 0)


async def test_a_revert_leaves_what_was_changed_since_and_says_so(database, team, tmp_path):
    await import_text(team, tmp_path, HEAD + "Acme,acme.com,,,\n")
    job, _ = await import_text(
        team,
        tmp_path,
        HEAD + "Acme,acme.com,Biotech,Berlin,\nBeta,beta.com,,,\nGamma,gamma.com,,,\nDelta,delta.com,,,\n",
    )
    async with db.begin(team.id) as tx:
        leads = {lead.key: lead for lead in (await tx.exec(select(Lead))).all()}
        leads["acme.com"].city = "Bonn"
        leads["beta.com"].status = "enriched"
        leads["gamma.com"].sales_stage, leads["gamma.com"].updated_at = "reviewing", tx.now

    reverted = await importing.revert(team, job.id)

    left = await importing.leads_of(team)
    assert sorted(left) == ["acme.com", "beta.com", "gamma.com"]
    assert (left["acme.com"].city, left["acme.com"].industry) == ("Bonn", "")
    assert (reverted.removed, reverted.restored, reverted.kept) == (1, 1, 3)
    async with db.read(team.id) as tx:
        kept = [row.kept for row in await imports.rows(tx, reverted, "kept", 0, 10)]
    assert kept == [
        "Changed since, so left as it is: city.",
        "Beta was enriched since, so it stays.",
        "Gamma was changed since, so it stays.",
    ]


async def test_choices_are_checked_and_stand_once_the_import_started(database, team, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(HEAD + "Acme,acme.com,,,\n")
    job_id = await importing.register(team, path)
    async with db.begin(team.id) as tx:
        job = await imports.get(tx, job_id)
        with pytest.raises(Refused, match="has started"):
            imports.choose(tx, job, on_match="skip")
        job.status = "uploaded"
        for wrong in ({"mapping": {"Nope": "city"}}, {"mapping": {"City": "moon"}}, {"on_match": "explode"}):
            with pytest.raises(Refused):
                imports.choose(tx, job, **wrong)
        imports.choose(tx, job, mapping={"City": "city"})
        assert "No column says which company" in imports.why_not(job)
        imports.choose(tx, job, mapping={"Company": "company_name", "City": "company_name"})
        assert "Company name" in imports.why_not(job)


async def test_an_import_of_another_workspace_is_not_found(database, team, other_team, tmp_path):
    job, _ = await import_text(team, tmp_path, HEAD + "Acme,acme.com,,,\n")

    async with db.read(other_team.id) as tx:
        with pytest.raises(NotFound):
            await imports.get(tx, job.id)
        assert (await tx.exec(select(ImportJob))).all() == []
