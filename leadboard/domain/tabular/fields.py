"""What a column can mean: the fields of a company, its contact and its deal."""

from enum import StrEnum


class Field(StrEnum):
    """A target of a column; the value is the word stored and printed."""

    COMPANY_NAME = "company_name"
    WEBSITE = "website"
    TAGLINE = "tagline"
    DESCRIPTION = "description"
    INDUSTRY = "industry"
    HEADCOUNT = "headcount"
    REVENUE = "revenue"
    LOCATION = "location"
    ADDRESS = "address"
    CITY = "city"
    STATE = "state"
    COUNTRY = "country"
    PHONE = "phone"
    EMAIL = "email"
    LINKEDIN = "linkedin"
    FOUNDED_YEAR = "founded_year"
    TECHNOLOGIES = "technologies"
    TAGS = "tags"
    HIRING = "hiring"
    FUNDING_STAGE = "funding_stage"
    FUNDING_DATE = "funding_date"
    COMPANY_STATUS = "company_status"

    CONTACT_NAME = "contact_name"
    CONTACT_FIRST_NAME = "contact_first_name"
    CONTACT_LAST_NAME = "contact_last_name"
    CONTACT_TITLE = "contact_title"
    CONTACT_EMAIL = "contact_email"
    CONTACT_PHONE = "contact_phone"
    CONTACT_LINKEDIN = "contact_linkedin"

    DEAL_VALUE = "deal_value"
    CURRENCY = "currency"
    DEAL_STAGE = "deal_stage"
    CLOSE_DATE = "close_date"
    OWNER = "owner"
    EXTERNAL_ID = "external_id"

    @property
    def label(self) -> str:
        """As a person reads it."""
        return _LABELS.get(self, self.value.replace("_", " ").capitalize())

    @property
    def record(self) -> str:
        """Whose field it is: "company", "contact" or "deal"."""
        if self.value.startswith("contact_"):
            return "contact"
        return "deal" if self in _OF_DEAL else "company"


_OF_DEAL = frozenset(
    {Field.DEAL_VALUE, Field.CURRENCY, Field.DEAL_STAGE, Field.CLOSE_DATE, Field.OWNER, Field.EXTERNAL_ID}
)
_LABELS = {
    Field.WEBSITE: "Website or domain",
    Field.HEADCOUNT: "Employees",
    Field.TAGLINE: "What it does, in a line",
    Field.LOCATION: "Location (city, state, country)",
    Field.STATE: "State or region",
    Field.LINKEDIN: "LinkedIn page",
    Field.CONTACT_LINKEDIN: "Contact LinkedIn profile",
    Field.CONTACT_NAME: "Contact full name",
    Field.CONTACT_TITLE: "Contact job title",
    Field.EXTERNAL_ID: "Id in the other system",
}
