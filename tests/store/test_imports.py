"""What rows of an import become."""

from pathlib import Path

from tests import importing
from tests.conftest import Team
from tests.importing import Sums, import_text, sums


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
