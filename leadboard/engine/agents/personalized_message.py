"""Agent 17: a first message as a draft, from what they published and from nothing else."""

from leadboard.domain.package import Statement, is_statement
from leadboard.engine.agents.base import Known, Section
from leadboard.engine.agents.evidence import plain, quotable
from leadboard.engine.agents.hooks import Hook, answer_to, hook_of
from leadboard.engine.agents.reach import Way, ways_of

_ASK_PERSON = "Is a short call next week possible, or is somebody else the right person?"
_ASK_FOR = {
    "email": "Would you pass this on to {ask_for}?",
    "linkedin": "Is {ask_for} the right person for this?",
    "phone": "May I speak with {ask_for}?",
}
_ASK_NOBODY = "Who at your company is the right person for this?"


class PersonalizedMessage:
    """`primary` and `alternatives`: `channel`, `to`, `subject` (e-mail only), `body`, `cta`, `personalization`.

    The last holds the statements for everything in the message that is about them or about us.
    One message for each channel there is an address on. No address, or nothing to open with: not found.
    """

    id = "personalized_message"

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
    if way.channel == "email":
        lines, between = [f"{_greeting(way)},", *about, ask, _closing(known)], "\n\n"
    elif way.channel == "phone" and way.ask_for:
        lines, between = [f"{_greeting(way)}.", ask, *about], " "
    else:
        lines, between = [f"{_greeting(way)}.", *about, ask], " "
    body = between.join(line for line in lines if line)
    return {
        "channel": way.channel,
        "to": way.address,
        "subject": hook.subject if way.channel == "email" else "",
        "body": body,
        "cta": ask,
        "personalization": [one for one in (hook.statement, offer, way.statement) if one],
    }


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
