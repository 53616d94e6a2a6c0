"""People named on a page with their titles: structured data, business cards, team cards, "Name, Title" and mentions."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from leadboard.domain.site.dom import Line, Page, clean
from leadboard.domain.site.emails import valid_email
from leadboard.domain.site.facts import Found, Person
from leadboard.domain.site.names import (
    NAME,
    NAME_ONLY,
    STRONG_TITLE,
    UPPER_NAME,
    is_name,
    is_title,
    says_title,
    strip_suffix,
)
from leadboard.domain.site.phones import e164
from leadboard.domain.site.socials import person_profile
from leadboard.domain.site.structured import Node, first, strings
from leadboard.domain.site.text import compact, remembered, snippet
from leadboard.domain.words import word_set

_SEPARATOR = r"\s*(?:,|\s[-–—|•·:/]|[-–—|•·:]\s|\()\s*"
_NAME_TITLE = re.compile(rf"^(?P<name>{NAME}){_SEPARATOR}(?P<title>[^()]{{2,100}}?)\)?[.,]?$")
_TITLE_NAME = re.compile(rf"^(?P<title>[^:]{{2,60}}?)\s?[:–—-]\s?(?P<name>{NAME})$")
_PROSE_AFTER = re.compile(
    rf"(?<![\w.])(?P<name>{NAME}),\s(?:(?:the|our|its|a|an|is|currently|who is)\s)*(?P<title>[^,.;:()]{{2,60}})"
)
_PROSE_IS = re.compile(
    rf"(?<![\w.])(?P<name>{NAME})\s(?:is|joined as|serves as|was named|was appointed|has been)\s(?:the\s"
    rf"|our\s|an?\s|appointed\s)*(?P<title>[^,.;:()]{{2,60}})"
)
_PROSE_BEFORE = re.compile(
    rf"(?<!\w)(?P<title>(?:(?:[A-Za-z&-]+\s){{0,3}})(?:{STRONG_TITLE.pattern}))(?:,|\s(?:and|&)\s[a-z "
    rf"]{{3,20}})?:?\s(?P<name>{NAME})(?!\w)"
)
_MENTION = re.compile(rf"(?<![\w.@/])(?:{NAME})(?![\w@])")
_TITLE_END = re.compile(
    r"\s(?:at|who|and (?:is|has|was)|where|with|since|has|said|says|is|was|will|in|from|for the past|responsible)\s.*$"
)
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_PHONE = re.compile(r"\+?[\d(][\d ().\-/]{7,18}\d")
_BY = re.compile(r"^(?:by|par|von|por)\s", re.IGNORECASE)
_EDGES = ' ,:;-–—*•|~"“”'
_CARD_LINES = 5
_MOST_MENTIONS = 60
_CARD_TAGS = word_set("h1 h2 h3 h4 h5 h6 strong b dt th figcaption")
_PEOPLE_ROLES = {
    "founder": "Founder",
    "founders": "Founder",
    "employee": "",
    "employees": "",
    "member": "",
    "alumni": "",
}


def people(page: Page, nodes: Iterable[Node], regions: tuple[str, ...]) -> tuple[Person, ...]:
    """Everybody named, best evidence first; a `mention` (confidence .3) only says that the name occurs."""
    found = [
        *_structured(page, nodes),
        *_business_cards(page, regions),
        *_cards(page, regions),
        *_inline(page),
        *_mentions(page),
    ]
    found.sort(key=lambda person: -person.found.confidence)
    known: dict[str, Person] = {}
    for person in found:
        key = person_key(person.name)
        known[key] = joined(known[key], person) if key in known else person
    profiles = {
        person_key(link.text): profile for link in page.links if (profile := person_profile(link.url)) and link.text
    }
    return tuple(replace(person, linkedin=person.linkedin or profiles.get(key, "")) for key, person in known.items())


def person_key(name: str) -> str:
    """The same for "Dr. Ann Green" and "Ann Green, CPA"."""
    return compact(re.sub(r"^(?:Dr|Mr|Mrs|Ms|Prof)\.?\s", "", strip_suffix(name)))


def joined(best: Person, other: Person) -> Person:
    """`best`, completed by what `other` knows."""
    return replace(
        best,
        title=best.title or other.title,
        email=best.email or other.email,
        phone=best.phone or other.phone,
        linkedin=best.linkedin or other.linkedin,
    )


def _person(page: Page, name: str, title: str, said: str, method: str, confidence: float) -> Person:
    found = Found("person", name, snippet(said), method, confidence, page.url)
    return Person(name, title, "", "", "", found)


def _structured(page: Page, nodes: Iterable[Node]) -> Iterator[Person]:
    for node in nodes:
        if not any(kind.casefold() == "person" for kind in node.types):
            continue
        get = node.properties.get
        name = first(get("name")) or " ".join(filter(None, (first(get("givenName")), first(get("familyName")))))
        if len(name) > 80 or not is_name(name, strong=True):
            continue
        title = first(get("jobTitle")) or _PEOPLE_ROLES.get(node.role, "")
        linked = (person_profile(url) for url in (*strings(get("sameAs")), *strings(get("url"))))
        said = " · ".join(part for part in (name, title, first(get("email"))) if part)
        confidence = 0.95 if title or node.role in _PEOPLE_ROLES else 0.45
        person = _person(page, name, title[:120], said, node.method, confidence)
        email = valid_email(re.sub(r"(?i)^mailto:", "", first(get("email"))))
        yield replace(person, email=email, linkedin=next(filter(None, linked), ""))


def _business_cards(page: Page, regions: tuple[str, ...]) -> Iterator[Person]:
    """hCard and h-card."""
    if "vcard" not in page.source and "h-card" not in page.source:
        return
    for card in page.tree.xpath("//*[contains(@class,'vcard') or contains(@class,'h-card')]"):
        said = clean(" ".join(card.itertext()))
        name = _of_class(card, "fn") or _of_class(card, "p-name")
        title = next(filter(None, (_of_class(card, kind) for kind in ("title", "role", "p-job-title"))), "")
        if "comment" in (card.get("class") or "") or len(name) > 80 or not is_name(name, strong=bool(title)):
            continue
        person = _person(page, name, title[:120], said, "hcard", 0.9 if title else 0.5)
        yield _with_contacts(person, [said], regions)


def _of_class(card, name: str) -> str:
    for node in card.xpath(".//*[contains(concat(' ', normalize-space(@class), ' '), $wanted)]", wanted=f" {name} "):
        return clean(" ".join(node.itertext()))[:200]
    return ""


def _cards(page: Page, regions: tuple[str, ...]) -> Iterator[Person]:
    """A name in one line with the title in the same or the next line, and the contacts below it."""
    lines = [line for line in page.lines if line.zone != "nav"]
    names = [_line_name(line.text, line.strong or line.tag in _CARD_TAGS) for line in lines]
    for index, (line, name) in enumerate(zip(lines, names, strict=True)):
        if not name and not line.text.endswith(":") and not _name_and_title(line.text):
            continue
        after = [one.text for one in lines[index + 1 : index + 1 + _CARD_LINES]]
        until = next((at for at, name in enumerate(names[index + 1 : index + 1 + _CARD_LINES]) if name), len(after))
        below = after[:until]
        person = _card(page, line, name, below) if name else _one_line(page, line, below)
        if person:
            yield _with_contacts(person, [line.text, *below], regions)


@remembered
def _line_name(text: str, strong: bool) -> str:
    """The name a line consists of, or empty."""
    text = _BY.sub("", text.strip(_EDGES))
    if len(text) > 60:
        return ""
    if NAME_ONLY.match(text) and is_name(text, strong=strong):
        return text
    if UPPER_NAME.match(text) and is_name(text):
        return text.title()
    return ""


def _card(page: Page, line: Line, name: str, below: list[str]) -> Person | None:
    title = next((text.strip(" ,:-–—()") for text in below[:2] if is_title(text.strip(" ,:-–—()"))), "")
    if (title and STRONG_TITLE.search(title)) or (title and is_name(name)):
        return _person(page, name, title, f"{line.text} / {title}", "card", 0.85)
    if is_name(name) and (line.tag in _CARD_TAGS or line.strong) and _said_contact(below):
        return _person(page, name, title, " / ".join([line.text, *below[:2]]), "card", 0.6)
    return None


def _one_line(page: Page, line: Line, below: list[str]) -> Person | None:
    if named := _name_and_title(line.text):
        return _person(page, *named, line.text, "text", 0.8)
    text = line.text.strip(_EDGES)
    if line.text.endswith(":") and is_title(text) and below:
        name = below[0].strip()
        if NAME_ONLY.match(name) and is_name(name, strong=True):
            return _person(page, name, text, f"{line.text} {name}", "card", 0.75)
    return None


@remembered
def _name_and_title(text: str) -> tuple[str, str] | None:
    """The two of "Ann Green, Director" and of "Director: Ann Green"."""
    text = text.strip(_EDGES)
    if len(text) > 140:
        return None
    if (match := _NAME_TITLE.match(text)) and is_title(match["title"].strip()) and is_name(match["name"], strong=True):
        return match["name"], match["title"].strip(" ,")
    if (match := _TITLE_NAME.match(text)) and is_title(match["title"]) and is_name(match["name"], strong=True):
        return match["name"], match["title"].strip()
    return None


def _said_contact(below: list[str]) -> bool:
    return any(_EMAIL.search(text) or _PHONE.search(text) for text in below)


def _with_contacts(person: Person, texts: list[str], regions: tuple[str, ...]) -> Person:
    """The first e-mail and phone of the card's own lines."""
    whole = " | ".join(texts)[:2000]
    email = next((address for match in _EMAIL.finditer(whole) if (address := valid_email(match[0]))), "")
    phone = next((number for match in _PHONE.finditer(whole) if (number := e164(match[0], regions))), "")
    return replace(person, email=person.email or email, phone=person.phone or phone)


def _inline(page: Page) -> Iterator[Person]:
    """Names in sentences with the title that stands with them."""
    for line in page.lines:
        text = line.text
        if len(text) < 25 or line.zone == "nav" or len(text) > 20_000 or not says_title(text):
            continue
        for pattern in (_PROSE_AFTER, _PROSE_IS, _PROSE_BEFORE):
            for match in pattern.finditer(text):
                title = _TITLE_END.sub("", match["title"]).strip(" ,")
                if (
                    is_title(title)
                    and STRONG_TITLE.search(title)
                    and is_name(match["name"], strong=pattern is _PROSE_AFTER)
                ):
                    said = snippet(text, match.start(), match.end())
                    yield _person(page, match["name"], title, said, "text", 0.65)


def _mentions(page: Page) -> Iterator[Person]:
    left = _MOST_MENTIONS
    for line in page.lines:
        if line.zone == "nav" or len(line.text) > 20_000:
            continue
        for name, said in _mentioned(line.text)[:left]:
            left -= 1
            yield _person(page, name, "", said, "mention", 0.3)
        if not left:
            return


@remembered
def _mentioned(text: str) -> tuple[tuple[str, str], ...]:
    """The names in a text, each with the words around it."""
    found = ((_trimmed(match[0]), match) for match in _MENTION.finditer(text))
    return tuple((name, snippet(text, *match.span())) for name, match in found if is_name(name))


def _trimmed(name: str) -> str:
    """A name found in a sentence: at most three words behind the given name belong to it."""
    words = strip_suffix(name).split()
    return " ".join(words[:4])
