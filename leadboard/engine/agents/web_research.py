"""Agent 4: what is to be seen from outside: news, profiles, customers and what they say."""

from datetime import date

from leadboard.domain.months import months_before
from leadboard.domain.package import Statement, statements
from leadboard.engine.agents.base import Known, Section
from leadboard.engine.agents.evidence import quotable, said, series
from leadboard.engine.agents.writing import Slot, Writing

MOST_NEWS = 5
FRESH_MONTHS = 12


class WebResearch:
    """`summary`, `news` (with `date`), `social_signals`, `references`: statements; `sources`: the pages they rest on.

    `confidence`: 0.3 for anything at all, 0.2 more for news of the last twelve months, 0.2 for customers or their
    words, 0.1 for each network up to two, 0.1 when more than one page speaks.
    """

    id = "web_research"

    writing = Writing(
        "Sum up what is to be seen of the company from outside.",
        (
            Slot(
                "summary",
                "The latest news with its date, whom they name as customers, since when they exist",
                3,
                needs="summary",
            ),
        ),
    )

    def run(self, known: Known) -> Section:
        news = _news(known)
        social = [
            said(f"Profile on {_network(found.field)}: {found.value}", found)
            for found in (known.site.socials if known.site else ())
        ]
        references = _references(known)
        section: Section = {"news": news, "social_signals": social, "references": references}
        section["summary"] = _summary(known, news, references)
        section["sources"] = list(dict.fromkeys(one["source"] for one in statements(section)))
        section["confidence"] = _confidence(known, section)
        return section


def _news(known: Known) -> list[dict]:
    items = known.site.news if known.site else ()
    past = [item for item in items if item.date[:10] <= known.today.isoformat()]
    return [{**said(item.title, item.found), "date": item.date} for item in past[:MOST_NEWS]]


def _references(known: Known) -> list[Statement]:
    if not known.site:
        return []
    quotes = [
        said(f"{quote.person or quote.company or 'A customer'} says: “{quote.text[:160]}”", quote.found)
        for quote in known.site.testimonials[:3]
    ]
    return quotes + [said(f"Customer: {customer.name}", customer.found) for customer in known.site.customers[:5]]


def _summary(known: Known, news: list[dict], references: list[Statement]) -> list[Statement]:
    """At most three sentences: the latest news, who their customers are, since when they exist."""
    sentences: list[Statement] = []
    if news:
        latest = news[0]
        title = latest["text"]
        sentences.append({**_bare(latest), "text": f"Latest news, {latest['date']}: {title}."})
    if known.site and known.site.customers:
        names = series([one.name for one in known.site.customers if quotable(one.name)])
        sentences.append(said(f"Customers they name: {names}.", known.site.customers[0].found))
    elif references:
        sentences.append({**references[0], "text": "Customers speak for them on their website."})
    if known.site and known.site.founded:
        sentences.append(said(f"They exist since {known.site.founded[0].value}.", known.site.founded[0]))
    return sentences


def _bare(item: dict) -> Statement:
    return Statement(text=item["text"], source=item["source"], snippet=item["snippet"], confidence=item["confidence"])


def _confidence(known: Known, section: Section) -> float:
    if not section["sources"]:
        return 0.0
    since = months_before(known.today, FRESH_MONTHS)
    fresh = any(_on_or_after(item["date"], since) for item in section["news"])
    share = 0.3 + 0.2 * fresh + 0.2 * bool(section["references"])
    share += 0.1 * min(2, len(section["social_signals"])) + 0.1 * (len(section["sources"]) > 1)
    return round(min(1.0, share), 2)


def _on_or_after(day: str, since: date) -> bool:
    """Whether a date of any precision (2026, 2026-03, 2026-03-01) is not before a day, at its own precision."""
    return day >= since.isoformat()[: len(day)]


def _network(field: str) -> str:
    return {"linkedin": "LinkedIn", "youtube": "YouTube", "tiktok": "TikTok", "twitter": "X", "github": "GitHub"}.get(
        field, field.capitalize()
    )
