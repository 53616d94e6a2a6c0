"""What a first contact can open with: something they published, what to say about it, what to ask."""

from collections.abc import Iterator
from dataclasses import dataclass

from leadboard.domain.package import Statement
from leadboard.domain.vocabulary.pains import PAIN_BY_KEY, STAFFING
from leadboard.engine.agents.base import IMPORT, Known
from leadboard.engine.agents.evidence import listed, plain, quotable, resting, series
from leadboard.engine.agents.hiring import open_roles

_QUOTE = 140
_FEWEST_WORDS = 6
_MENU_MARKS = (" - ", " – ", "|", "»", "•", " / ")
_OPENERS = {
    "funding": ("Open with their funding", "What has to be in place first with the new funding?"),
    "expansion": ("Open with the new place", "What does the new place need that the old one did not?"),
    "launch": ("Open with what is new", "Who should hear first about what is new?"),
    "leadership": ("Open with the change at the top", "What has changed in your priorities since then?"),
    "deal": ("Open with the partnership", "What does the partnership change in your daily work?"),
    "event": ("Open with their event", "Whom do you hope to meet there?"),
    "news": ("Open with their news", "What comes next after that?"),
}


@dataclass(frozen=True)
class Hook:
    """An opening. `line` is said to them, `statement` to us; `strength` 0 to 1 is how good a reason to write it is."""

    key: str
    name: str
    statement: Statement
    subject: str
    line: str
    question: str
    strength: float


def hooks_of(known: Known) -> list[Hook]:
    """The openings there is evidence for, the strongest first."""
    return sorted(_hooks(known), key=lambda hook: -hook.strength)


def hook_of(known: Known, key: str) -> Hook | None:
    """The opening a plan was made with, else the strongest, or None where there is none."""
    hooks = hooks_of(known)
    return next((hook for hook in hooks if hook.key == key), hooks[0] if hooks else None)


def answer_to(known: Known, found: Statement) -> Statement | None:
    """The offer that answers what was found, or None."""
    propositions = known.items("value_propositions", "items")
    answers = (one["key_benefit"] for one in propositions if one["connection"]["snippet"] == found["snippet"])
    return next((answer for answer in answers if answer), None)


def _hooks(known: Known) -> Iterator[Hook]:
    yield from _hiring(known)
    yield from _news(known)
    yield from _changes(known)
    yield from _pains(known)
    yield from _offers(known)
    yield from _summary(known)


def _hiring(known: Known) -> Iterator[Hook]:
    roles = open_roles(known)
    if not roles:
        return
    role = roles[0]
    if role.title:
        subject, line = f"Your search: {role.title}", f"I read on your website that you are looking for: {role.title}."
    else:
        subject, line = "Your open roles", "I read on your website that you are hiring."
    yield Hook("hiring", "Open with the role they are filling", role.statement, subject, line, STAFFING.question, 0.9)


def _news(known: Known) -> Iterator[Hook]:
    """The freshest dated trigger that is a piece of news."""
    dated = [item for item in known.items("purchase_triggers", "triggers") if item["date"]]
    titles = {item.found.snippet: item.title for item in (known.site.news if known.site else ())}
    for item in dated:
        title = titles.get(item["description"]["snippet"], "")
        if quotable(title, _QUOTE):
            name, question = _OPENERS[item["kind"]]
            line = f"I read your news of {item['date']}: “{title}”."
            yield Hook("news", name, item["description"], _clipped(title), line, question, 0.95)
            return


def _changes(known: Known) -> Iterator[Hook]:
    for item in known.items("purchase_triggers", "triggers"):
        found = item["description"]
        if item["kind"] in _OPENERS and not item["date"] and _is_sentence(found["snippet"]):
            name, question = _OPENERS[item["kind"]]
            yield Hook(item["kind"], name, found, _question_to(known), _read_at(found), question, 0.7)


def _pains(known: Known) -> Iterator[Hook]:
    for point in known.items("pain_point_analysis", "points"):
        pain, found = PAIN_BY_KEY.get(point["key"]), point["description"]
        if pain and _is_sentence(found["snippet"]):
            subject = f"A question about {pain.category} at {_company(known)}"
            strength = 0.6 + 0.05 * pain.weight
            yield Hook(pain.key, f"Open with {pain.category}", found, subject, _read_at(found), pain.question, strength)


def _offers(known: Known) -> Iterator[Hook]:
    services = [one for one in known.analysis.get("main_services") or () if quotable(one["text"], 60)]
    if not services:
        return
    named = series(one["text"] for one in services)
    question = f"Do you want more work in {named}?"
    if len(services) > 1:
        question = f"Which brings the work you want more of: {named}?"
    line = f"Your website names {named} among what you do."
    subject = f"{services[0]['text']} at {_company(known)}"
    statement = resting(f"They offer {named}.", services[0])
    yield Hook("services", "Open with what they offer", statement, subject, line, question, 0.5)


def _summary(known: Known) -> Iterator[Hook]:
    """What they do, in the words of the list or of their website."""
    statement = next((one for one in _summaries(known) if quotable(one["snippet"], _QUOTE)), None)
    if statement:
        question = "Is that still how you would say it?"
        line, subject = _read_at(statement), _question_to(known)
        yield Hook("summary", "Open with what they do", statement, subject, line, question, 0.4)


def _summaries(known: Known) -> Iterator[Statement]:
    if what := plain(known.lead.what):
        yield listed(what, what, 0.6)
    for page in known.site.pages if known.site else ():
        if page.description and page.page_type in ("home", "about"):
            yield Statement(text=page.description, source=page.url, snippet=page.description, confidence=0.6)
    if sector := known.analysis.get("sector"):
        yield sector


def _is_sentence(text: str) -> bool:
    """Whether a quotation can be read out: no line of a menu, no heap of keywords, no call or question of their own."""
    return (
        quotable(text, _QUOTE)
        and len(text.split()) >= _FEWEST_WORDS
        and text[-1] not in "!?"
        and not any(mark in text for mark in _MENU_MARKS)
    )


def _question_to(known: Known) -> str:
    return f"A question to {_company(known)}"


def _company(known: Known) -> str:
    """The company's name where it may stand in a subject line."""
    name = plain(known.company_name)
    return name if quotable(name, 60) else "your company"


def _read_at(statement: Statement) -> str:
    """What was read about them, and whether they wrote it themselves."""
    where = "this about you" if statement["source"] == IMPORT else "on your website"
    return f"I read {where}: “{statement['snippet']}”"


def _clipped(text: str, most: int = 60) -> str:
    """A text for a subject line, cut at a word."""
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"
