"""Agent 17: a first message as a draft, from what they published and from nothing else."""

from collections.abc import Iterable

from leadboard.domain.package import Statement, is_statement
from leadboard.engine.agents.base import Known, Section
from leadboard.engine.agents.evidence import plain, quotable
from leadboard.engine.agents.hooks import Hook, answer_to, hook_of
from leadboard.engine.agents.reach import Way, ways_of
from leadboard.engine.agents.writing import Slot, Writing

_ASK_PERSON = "Is a short call next week possible, or is somebody else the right person?"
_ASK_FOR = {
    "email": "Would you pass this on to {ask_for}?",
    "linkedin": "Is {ask_for} the right person for this?",
    "phone": "May I speak with {ask_for}?",
}
_ASK_NOBODY = "Who at your company is the right person for this?"


def _body(draft: Section, about: Iterable[str]) -> str:
    """The whole message around what it is about: who answers the phone is asked first whether it is the right person.

    An e-mail has paragraphs, the rest is said in one breath.
    """
    said = [draft["cta"], *about] if draft["asks_first"] else [*about, draft["cta"]]
    if draft["channel"] == "email":
        lines, between = [f"{draft['greeting']},", *said, draft["closing"]], "\n\n"
    else:
        lines, between = [f"{draft['greeting']}.", *said], " "
    return between.join(line for line in lines if line)


def _settled(section: Section) -> Section:
    """The messages with what a model wrote as what they are about, resting on its evidence."""
    for draft in (section.get("primary") or {}, *(section.get("alternatives") or ())):
        if about := draft.pop("about", None):
            draft["body"] = _body(draft, [one["text"] for one in about])
            draft["personalization"] = [*about, *draft["personalization"][-1:]]
    return section


class PersonalizedMessage:
    """`primary` and `alternatives`: `channel`, `to`, `subject` (e-mail only), `body`, `cta`, `personalization`.

    The last holds the statements for everything in the message that is about them or about us.
    One message for each channel there is an address on. No address, or nothing to open with: not found.
    """

    id = "personalized_message"
    writing = Writing(
        "Write the middle of a first message to the company: greeting, request and closing are there. Say you to them "
        "and I for us; no praise, no claim about us that the data does not make.",
        (
            Slot("primary.about", "What was read about them, then a question that follows from it", 3),
            Slot("alternatives.*.about", "The same for this channel, shorter", 2),
        ),
        settle=_settled,
    )

    def run(self, known: Known) -> Section:
        plan = known.section("strategies").get("action_plan") or {}
        hook = hook_of(known, plan.get("key", ""))
        ways = ways_of(known)
        if not hook or not ways:
            return {}
        drafts = [_draft(known, hook, way) for way in ways]
        return {"primary": drafts[0], "alternatives": drafts[1:]}


def _draft(known: Known, hook: Hook, way: Way) -> dict:
    offer = answer_to(known, hook.statement) or _offer(known)
    ask = _ask(way)
    about = [_sentence(hook.line), _sentence(offer["text"]) if offer else "", hook.question]
    draft = {
        "channel": way.channel,
        "to": way.address,
        "subject": hook.subject if way.channel == "email" else "",
        "greeting": _greeting(way),
        "closing": _closing(known) if way.channel == "email" else "",
        "cta": ask,
        "asks_first": way.channel == "phone" and bool(way.ask_for),
        "personalization": [one for one in (hook.statement, offer, way.statement) if one],
    }
    return {**draft, "body": _body(draft, about)}


def _offer(known: Known) -> Statement | None:
    """The first offer that answers anything found there, in the workspace's own words."""
    benefits = [one["key_benefit"] for one in known.items("value_propositions", "items")]
    return next((one for one in benefits if is_statement(one)), None)


def _ask(way: Way) -> str:
    if way.person:
        return _ASK_PERSON
    known = way.ask_for and quotable(way.ask_for, 60)
    return _ASK_FOR[way.channel].format(ask_for=way.ask_for) if known else _ASK_NOBODY


def _sentence(text: str) -> str:
    return text if text.rstrip("”").endswith((".", "!", "?")) else f"{text}."


def _greeting(way: Way) -> str:
    name = plain(way.person)
    return f"Hello {name}" if name and quotable(name, 60) else "Hello"


def _closing(known: Known) -> str:
    signed = "\n".join(filter(None, (known.sender.signer, known.sender.name)))
    return f"Kind regards\n{signed}" if signed else ""
