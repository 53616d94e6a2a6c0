"""Signs of what is going on: open jobs, news with a date, the year of foundation, the number of employees."""

import re
from collections.abc import Iterable, Iterator

from leadboard.domain.site.dom import HEADINGS, Page
from leadboard.domain.site.facts import Found, News, Person
from leadboard.domain.site.names import is_name, says_title
from leadboard.domain.site.structured import Node, first
from leadboard.domain.site.text import compact, remembered, snippet, unique

_HIRING = re.compile(
    r"\b(?:we(?:'|’| a)re (?:currently |always |now )?(?:hiring|recruiting|looking for (?:talented|new"
    r"|people|a|an|experienced))|now hiring|join our (?:growing )?team|"
    r"(?:open|current) (?:positions?|vacanc(?:y|ies)|openings?|roles?)|job openings?|apply now|we are "
    r"growing our team|wir suchen|stellenangebote|"
    r"offene stellen|nous recrutons|estamos contratando)\b",
    re.IGNORECASE,
)
_JOB_PATH = re.compile(
    r"/(?:jobs?|careers?|vacanc(?:y|ies)|stellen(?:angebote)?|karriere|positions?|openings?)/[^/?#]{4,}", re.IGNORECASE
)
_JOB_MARK = re.compile(
    r"\((?:m/w/d|m/f/d|f/m/d|w/m/d|m/f|h/f|f/h|m/w|all genders)\)|\b(?:full|part)[- ]time\b", re.IGNORECASE
)
_CAREER_LINK = re.compile(
    r"^(?:careers?|jobs?|work (?:with|for) us|join (?:us|our team)|karriere|stellenangebote|we(?:'|’)re hiring!?)$",
    re.IGNORECASE,
)

_MONTH_NAMES = (
    "jan january januar janvier enero",
    "feb february februar février febrero",
    "mar march märz mars marzo",
    "apr april avril abril",
    "may mai mayo",
    "jun june juni juin junio",
    "jul july juli juillet julio",
    "aug august août agosto",
    "sep sept september septembre septiembre",
    "oct october okt oktober octobre octubre",
    "nov november novembre noviembre",
    "dec december dez dezember décembre diciembre",
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?:19[89]\d|20[0-4]\d)"
_DATE = re.compile(
    rf"(?<![\w-])(?:(?P<y1>{_YEAR})-(?P<m1>\d{{2}})-(?P<d1>\d{{2}})"
    rf"|(?P<d2>\d{{1,2}})\.\s?(?P<m2>\d{{1,2}})\.\s?(?P<y2>{_YEAR})"
    rf"|(?P<w3>{_MONTH})\.?\s(?:(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,?\s)?(?P<y3>{_YEAR})"
    rf"|(?P<d4>\d{{1,2}})(?:st|nd|rd|th"
    rf"|\.)?\s(?:de\s)?(?P<w4>{_MONTH})\.?,?\s(?:de\s)?(?P<y4>{_YEAR}))(?![\w-])",
    re.IGNORECASE,
)
_NEWS_HEADING = re.compile(
    r"\b(?:news|press|blog|latest|aktuelles|presse|events?|announcements?|actualités|noticias)\b", re.IGNORECASE
)

_FOUNDED = re.compile(
    r"\b(?:founded|established|est\.?|incorporated|formed|started|began|opened|in business"
    r"|serving[^.]{0,40}|family[- ]owned[^.]{0,30}|operating|launched|created|"
    r"gegründet|seit|gegruendet|fondée?|depuis|fundada|fundado|desde|fondata|dal)\s(?:(?:in|on|since"
    r"|back in|by [^,.]{2,40} in|im jahre?|en|nel|the year|our doors in|way back in)\s){0,3}"
    r"(?P<year>1[89]\d\d|20[0-2]\d)\b",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"(?:^|[^\d])(?:since|seit|depuis|desde|est\.?|established)\s(?:in\s)?(?P<year>1[89]\d\d"
    r"|20[0-2]\d)\b(?!\s*[-/]\s*\d)",
    re.IGNORECASE,
)
_NUMBER = r"(?P<count>\d{1,3}(?:[,.]\d{3})+|\d{1,6})"
_HEADCOUNT = re.compile(
    r"(?<![\d.,$€£%-])(?P<more>(?:more than|over|above|mehr als|über|plus de|más "
    rf"de)\s)?{_NUMBER}(?:\s?[-–]\s?(?P<upper>\d{{1,6}}))?(?P<plus>\s?\+)?\s"
    r"(?:(?:full[- ]time|dedicated|talented|skilled|experienced|highly|qualified|professional|passionate"
    r"|trained|motivated|engagierte|global|worldwide|local|strong|our)\s){0,3}"
    r"(?:employees|staff(?: members)?|team members|people strong|associates worldwide|professionals(?: "
    r"worldwide)?|mitarbeiter(?:innen)?|mitarbeitende[n]?|"
    r"beschäftigte|salariés|collaborateurs|empleados|dipendenti|medewerkers|co-?workers|specialists|experts)\b",
    re.IGNORECASE,
)
_TEAM_OF = re.compile(
    r"\b(?:team|staff|workforce|company) of (?:over |more than |about |around |approximately "
    r")?(?P<count>\d{1,5})(?P<plus>\+)?(?!\s?(?:years|%|countries))\b",
    re.IGNORECASE,
)
_ANY_YEAR = re.compile(r"(?:1[89]\d|20[0-2])\d")
_DIGIT = re.compile(r"\d")
_ANY_CREW = re.compile(
    r"\d[\d+,.]{0,15}\s.{0,40}(?:employees|staff|team|people|associates|professionals|mitarbeit|beschäf"
    r"|salari|collab|emplead|dipend|medew|workers|specialists|experts)|(?:team|staff|workforce|company) "
    r"of"
)
_MOST = 30


def hiring(page: Page, kind: str, nodes: Iterable[Node]) -> tuple[Found, ...]:
    """Titles of open jobs, else what says that the company hires."""
    jobs = list(_jobs(page, kind, nodes))
    if not jobs:
        jobs = list(_hiring_sentences(page, kind))
    return unique(sorted(jobs, key=lambda found: -found.confidence), lambda found: compact(found.value))[:_MOST]


def _jobs(page: Page, kind: str, nodes: Iterable[Node]) -> Iterator[Found]:
    for node in nodes:
        if "JobPosting" in node.types and (
            title := first(node.properties.get("title")) or first(node.properties.get("name"))
        ):
            yield Found("hiring", title[:120], title[:240], node.method, 0.95, page.url)
    for link in page.links:
        if _JOB_PATH.search(link.url) and _is_job(link.text):
            yield Found("hiring", link.text, snippet(f"{link.text} <{link.url}>"), "link", 0.8, page.url)
    for line in page.lines:
        if line.zone != "main":
            continue
        marked = len(line.text) < 120 and bool(_JOB_MARK.search(line.text))
        heading = kind == "careers" and (line.tag in ("h2", "h3", "h4", "li", "td", "dt") or line.linked > 0.8)
        if (marked or heading) and _is_job(line.text):
            yield Found("hiring", line.text[:120], snippet(line.text), "heading", 0.8 if marked else 0.7, page.url)


def _is_job(text: str) -> bool:
    words = text.split()
    return 1 <= len(words) <= 12 and says_title(text) and not is_name(text) and text[-1] not in ".!?:"


def _hiring_sentences(page: Page, kind: str) -> Iterator[Found]:
    for line in page.lines:
        if match := _says_hiring(line.text):
            confidence = 0.7 if kind == "careers" or line.linked < 0.5 else 0.5
            yield Found("hiring", match[0], snippet(line.text, *match.span()), "text", confidence, page.url)
    for link in page.links:
        if link.same_site and _CAREER_LINK.match(link.text.strip()):
            yield Found("hiring", link.text, snippet(f"{link.text} <{link.url}>"), "link", 0.3, page.url)


@remembered
def _says_hiring(text: str) -> re.Match[str] | None:
    return _HIRING.search(text[:2000])


def news(page: Page, kind: str, nodes: Iterable[Node]) -> tuple[News, ...]:
    """Headings with a date in the same or a neighbouring line, newest first."""
    found = [*_articles(page, nodes), *_dated_headings(page, kind)]
    ordered = sorted(unique(found, lambda item: compact(item.title)), key=lambda item: item.date, reverse=True)
    return tuple(ordered[:_MOST])


def _articles(page: Page, nodes: Iterable[Node]) -> Iterator[News]:
    for node in nodes:
        title, day = first(node.properties.get("headline")), first(node.properties.get("datePublished"))[:10]
        if (
            title
            and re.fullmatch(rf"{_YEAR}-\d\d-\d\d", day)
            and any(kind.endswith(("Article", "Posting")) for kind in node.types)
        ):
            found = Found("news", title[:200], snippet(f"{day} {title}"), node.method, 0.9, page.url)
            yield News(title[:200], day, found)


def _dated_headings(page: Page, kind: str) -> Iterator[News]:
    lines = page.lines
    section = kind == "blog"
    for index, line in enumerate(lines):
        heading = line.tag in HEADINGS
        if heading and _NEWS_HEADING.search(line.text):
            section = True
        if (
            not section
            or not (heading or line.linked > 0.6)
            or not 12 <= len(line.text) <= 200
            or line.zone in ("nav", "footer")
        ):
            continue
        near = (line, *lines[max(0, index - 1) : index], *lines[index + 1 : index + 3])
        day = next((day for one in near if len(one.text) < 200 and (day := iso_date(one.text))), "")
        title = _DATE.sub("", line.text).strip(" -–|:,•/")
        if day and len(title) > 11:
            yield News(title, day, Found("news", title, snippet(f"{day}: {line.text}"), "heading", 0.7, page.url))


def iso_date(text: str) -> str:
    """The first date of a text as `2026-03-01` or `2026-03`, or empty."""
    match = _DATE.search(text)
    if not match:
        return ""
    part = match.groupdict()
    for way in "1234":
        if year := part.get(f"y{way}"):
            word = part.get(f"w{way}")
            month = _MONTHS[word.lower()] if word else int(part[f"m{way}"])
            day = int(part[f"d{way}"] or 0)
            if not 1 <= month <= 12 or day > 31:
                return ""
            return f"{year}-{month:02d}-{day:02d}" if day else f"{year}-{month:02d}"
    return ""


def founded(page: Page, nodes: Iterable[Node]) -> tuple[Found, ...]:
    """The year the company was founded in, as stated."""
    found = []
    for node in nodes:
        if node.is_organization and (match := re.match(r"(1[89]|20)\d\d", first(node.properties.get("foundingDate")))):
            said = f"foundingDate {first(node.properties.get('foundingDate'))}"
            found.append(Found("founded", match[0], snippet(said), node.method, 0.95, page.url))
    for line in page.lines:
        if not _ANY_YEAR.search(line.text):
            continue
        for pattern, confidence in ((_FOUNDED, 0.8), (_SINCE, 0.7)):
            for match in pattern.finditer(line.text[:5000]):
                if "©" not in line.text and "opyright" not in line.text:
                    said = snippet(line.text, *match.span())
                    found.append(Found("founded", match["year"], said, "text", confidence, page.url))
    return unique(sorted(found, key=lambda one: -one.confidence), lambda one: one.value)


def headcount(page: Page, kind: str, people: Iterable[Person], nodes: Iterable[Node]) -> tuple[Found, ...]:
    """The number of employees as stated (.90), else the people counted on a team page (.80, `team_count`)."""
    found = []
    for node in nodes:
        if node.is_organization and (value := first(_value(node.properties.get("numberOfEmployees")))):
            found.append(Found("headcount", value[:20], f"numberOfEmployees {value}"[:240], node.method, 0.9, page.url))
    for line in page.lines:
        for value, said in _crews(line.text):
            found.append(Found("headcount", value, said, "text", 0.9, page.url))
    counted = [person for person in people if person.found.confidence >= 0.6]
    if not found and kind == "team" and len(counted) > 2:
        names = ", ".join(person.name for person in counted)
        found.append(Found("headcount", str(len(counted)), names[:240], "team_count", 0.8, page.url))
    return unique(found, lambda one: one.value)


@remembered
def _crews(text: str) -> tuple[tuple[str, str], ...]:
    """The numbers of employees that a text states, each with the words around it."""
    if not _DIGIT.search(text) or not _ANY_CREW.search(text.lower()):
        return ()
    matches = (*_HEADCOUNT.finditer(text[:5000]), *_TEAM_OF.finditer(text[:5000]))
    return tuple((value, snippet(text, *match.span())) for match in matches if (value := _count(match)))


def _value(value: object) -> object:
    return value.get("value", "") if isinstance(value, dict) else value


def _count(match: re.Match[str]) -> str:
    part = match.groupdict()
    count = int(re.sub(r"[.,]", "", part["count"]))
    upper = int(part["upper"]) if part.get("upper") else 0
    if not 1 < count < 1_000_000 or 1900 <= count <= 2100:
        return ""
    if upper > count:
        return f"{count}-{upper}"
    return f"{count}+" if part.get("plus") or part.get("more") else str(count)
