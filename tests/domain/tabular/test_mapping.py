"""Which column means what: exports of the usual systems, in the usual languages."""

import pytest

from leadboard.domain.tabular import Field, guess_mapping

EXPORTS = {
    "hubspot contacts": {
        "Record ID": "external_id", "First Name": "contact_first_name", "Last Name": "contact_last_name",
        "Email": "contact_email", "Phone Number": "contact_phone", "Contact owner": "owner",
        "Lead Status": "company_status",
        "Create Date": None, "Associated Company": "company_name", "Job Title": "contact_title",
    },
    "hubspot companies": {
        "Record ID": "external_id", "Company name": "company_name", "Company owner": "owner", "Create Date": None,
        "Phone Number": "phone", "Last Activity Date": None, "City": "city", "Country/Region": "country",
        "Industry": "industry", "Company Domain Name": "website", "Number of Employees": "headcount",
        "Annual Revenue": "revenue", "Year Founded": "founded_year", "LinkedIn Company Page": "linkedin",
        "Description": "description",
    },
    "hubspot deals": {
        "Record ID": "external_id", "Deal Name": None, "Deal Stage": "deal_stage", "Close Date": "close_date",
        "Deal owner": "owner", "Amount": "deal_value", "Currency": "currency", "Associated Company": "company_name",
    },
    "salesforce leads": {
        "First Name": "contact_first_name", "Last Name": "contact_last_name", "Title": "contact_title",
        "Company / Account": "company_name", "Email": "contact_email", "Phone": "contact_phone", "Street": "address",
        "City": "city", "State/Province": "state", "Zip/Postal Code": None, "Country": "country", "Website": "website",
        "No. of Employees": "headcount", "Annual Revenue": "revenue", "Industry": "industry", "Lead Owner": "owner",
        "Lead Source": None,
    },
    "salesforce accounts": {
        "Account ID": "external_id", "Account Name": "company_name", "Billing Street": "address",
        "Billing City": "city",
        "Billing State/Province": "state", "Billing Country": "country", "Phone": "phone", "Fax": None,
        "Website": "website", "Employees": "headcount", "Account Owner": "owner",
    },
    "salesforce opportunities": {
        "Opportunity ID": "external_id", "Opportunity Name": None, "Account Name": "company_name",
        "Stage": "deal_stage",
        "Close Date": "close_date", "Amount": "deal_value", "Opportunity Currency": "currency",
        "Opportunity Owner": "owner", "Probability (%)": None,
    },
    "apollo": {
        "First Name": "contact_first_name", "Last Name": "contact_last_name", "Title": "contact_title",
        "Company": "company_name", "Email": "contact_email", "Email Status": None, "Seniority": None,
        "Work Direct Phone": "contact_phone", "Corporate Phone": "phone", "# Employees": "headcount",
        "Industry": "industry", "Keywords": "tags", "Person Linkedin Url": "contact_linkedin", "Website": "website",
        "Company Linkedin Url": "linkedin", "Facebook Url": None, "Twitter Url": None, "Company Address": "address",
        "Company City": "city", "Company State": "state", "Company Country": "country", "Technologies": "technologies",
        "Annual Revenue": "revenue", "Latest Funding": "funding_stage", "Last Raised At": "funding_date",
    },
    "pipedrive": {
        "Deal - ID": "external_id", "Deal - Title": None, "Deal - Value": "deal_value", "Deal - Currency": "currency",
        "Deal - Stage": "deal_stage", "Deal - Owner": "owner", "Deal - Expected close date": "close_date",
        "Organization - Name": "company_name", "Organization - Address": "address", "Person - Name": "contact_name",
        "Person - Email - Work": "contact_email", "Person - Phone - Work": "contact_phone",
    },
    "german": {
        "Firma": "company_name", "Webseite": "website", "Branche": "industry", "Anzahl Mitarbeiter": "headcount",
        "Umsatz": "revenue", "Straße": "address", "PLZ": None, "Ort": "city", "Bundesland": "state", "Land": "country",
        "Telefon": "contact_phone", "E-Mail-Adresse": "contact_email", "Ansprechpartner": "contact_name",
        "Position": "contact_title", "Gründungsjahr": "founded_year", "Auftragswert": "deal_value",
        "Abschlussdatum": "close_date",
    },
    "french": {
        "Société": "company_name", "Site web": "website", "Secteur d'activité": "industry", "Effectif": "headcount",
        "Chiffre d'affaires": "revenue", "Adresse": "address", "Code postal": None, "Ville": "city", "Pays": "country",
        "Prénom": "contact_first_name", "Nom": "contact_last_name", "Fonction": "contact_title",
        "Courriel": "contact_email", "Téléphone": "contact_phone",
    },
    "spanish": {
        "Empresa": "company_name", "Página web": "website", "Sector": "industry", "Número de empleados": "headcount",
        "Facturación": "revenue", "Dirección": "address", "Ciudad": "city", "Provincia": "state", "País": "country",
        "Nombre": "contact_first_name", "Apellidos": "contact_last_name", "Cargo": "contact_title",
        "Correo electrónico": "contact_email", "Teléfono": "contact_phone",
    },
    "plain": {"company_name": "company_name", "domain": "website", "one_liner": "tagline", "isHiring": "hiring"},
    "slips": {"Compny Name": "company_name", "Websight": None, "Indusrty": "industry", "Emploees": "headcount"},
    "people of companies": {"Company Name": "company_name", "Company Email": "email", "Contact Email": "contact_email",
                            "Contact Name": "contact_name", "Company Phone": "phone", "Mobile": "contact_phone"},
}  # fmt: skip


@pytest.mark.parametrize("system", EXPORTS)
def test_an_export_is_understood_by_its_header(system: str) -> None:
    wanted = EXPORTS[system]
    found = guess_mapping(list(wanted), [[] for _ in wanted])

    assert {column: found.get(column) for column in wanted} == wanted


def guess(columns: dict[str, list[str]]) -> dict[str, Field]:
    return guess_mapping(list(columns), list(columns.values()))


def test_values_name_columns_whose_headings_say_nothing() -> None:
    columns = {
        "c1": ["a@acme.io", "b@beta.io", "c@gamma.io"],
        "c2": ["https://acme.io", "beta.io", "www.gamma.io/"],
        "c3": ["https://linkedin.com/company/acme"] * 3,
        "c4": ["x", "y", "z"],
    }

    assert guess(columns) == {"c1": Field.EMAIL, "c2": Field.WEBSITE, "c3": Field.LINKEDIN}


def test_values_that_contradict_a_heading_win() -> None:
    assert guess({"Email": ["2024-01-01"] * 5, "Name": ["Acme"] * 5}) == {"Name": Field.COMPANY_NAME}
    assert guess({"Phone": ["yes", "no", "no"]}) == {}
    assert guess({"Employees": ["many", "few", "some"]}) == {}


def test_a_stage_is_a_deal_s_unless_its_values_are_rounds() -> None:
    assert guess({"stage": ["Won", "Lost", "Won"]}) == {"stage": Field.DEAL_STAGE}
    assert guess({"stage": ["Seed", "Series A", "Growth"]}) == {"stage": Field.FUNDING_STAGE}


def test_a_location_that_is_always_a_country_is_one() -> None:
    assert guess({"location": ["Germany", "USA", "France"]}) == {"location": Field.COUNTRY}
    assert guess({"location": ["Berlin, Germany", "USA", "Paris"]}) == {"location": Field.LOCATION}


def test_no_field_and_no_column_is_used_twice() -> None:
    found = guess({"Email": ["a@b.io"], "E-Mail": ["c@d.io"], "Website": ["x.io"], "URL": ["y.io"]})

    assert len(set(found.values())) == len(found) == 2
    assert found == {"Email": Field.EMAIL, "Website": Field.WEBSITE}


def test_every_field_has_a_label_and_a_record() -> None:
    assert len({field.label for field in Field}) == len(Field)
    assert {field.record for field in Field} == {"company", "contact", "deal"}
