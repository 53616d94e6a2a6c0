"""Agent 1: is there enough to work with, and the text everything later rests on."""

from leadboard.domain.site import SiteFacts
from leadboard.engine.agents.base import Known, Section, Unable
from leadboard.engine.agents.evidence import plain

LEAST_TEXT = 200
"""Characters of a website below which it counts as unreadable."""

MOST_TEXT = 4_000


class LeadIntake:
    """Refuses a lead nobody can say anything about; else gives its name, address and cleaned text.

    Section: `company_name`, `url`, `cleaned_text`, `extraction_ok`, `basis` (website, import), `pages` (URLs read),
    `confidence` 0 to 1: how much the rest can rest on this.
    """

    id = "lead_intake"

    writing = None
    """It checks and copies: there is nothing to write."""

    def run(self, known: Known) -> Section:
        name = plain(known.company_name)
        if not name:
            raise Unable("The lead has neither a name nor a domain. Add one of them, then retry.")
        listed = "\n".join(map(plain, known.lead.texts))
        text = website_text(known.site)
        readable = len(text) >= LEAST_TEXT
        if not readable and not listed:
            raise Unable(_unable(known, bool(text)))
        return {
            "company_name": name,
            "url": known.site.pages[0].url if known.site and known.site.pages else known.lead.website,
            "cleaned_text": (text if readable else listed)[:MOST_TEXT],
            "extraction_ok": readable,
            "basis": "website" if readable else "import",
            "pages": [page.url for page in known.site.pages] if known.site else [],
            "confidence": _confidence(known, readable, bool(listed)),
        }


def website_text(site: SiteFacts | None) -> str:
    """The main text of the site, each line once, in the order of the pages."""
    lines = (line for page in (site.pages if site else ()) for line in page.text.split("\n"))
    return "\n".join(dict.fromkeys(line for line in lines if line.strip()))


def _confidence(known: Known, readable: bool, listed: bool) -> float:
    """0.4 for a list alone, 0.6 for a page, 0.9 for three pages or more; 0.05 more where both speak."""
    if not readable or not known.site:
        return 0.4
    return (0.9 if len(known.site.pages) >= 3 else 0.6) + (0.05 if listed else 0)


def _unable(known: Known, thin: bool) -> str:
    if thin:
        what = "The website holds too little text to work with"
    elif known.site_error:
        what = f"The website could not be read: {known.site_error.strip().rstrip('.')}"
    elif known.lead.website or known.lead.domain:
        what = "The website could not be read"
    else:
        what = "The lead has no website"
    return (
        f"{what}. The list says nothing about the company either. Correct the website or add a description, then retry."
    )
