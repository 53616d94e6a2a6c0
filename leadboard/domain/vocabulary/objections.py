"""What people answer when they would rather not, when to expect it, and a fair reply.

`{fact}` is filled with what was found; a reply never contains a claim of its own.
"""

from dataclasses import dataclass

from leadboard.domain.vocabulary.lexicon import Lexicon, phrases


@dataclass(frozen=True, slots=True)
class Objection:
    """An objection, how to take it, and what to say."""

    key: str
    says: str
    strategy: str
    response: str


OBJECTIONS: dict[str, Objection] = {
    objection.key: objection
    for objection in (
        Objection(
            "no_time",
            "We have no time for this now.",
            "Agree, and tie the call to the role they are filling.",
            "You are looking for “{fact}”, so I believe you. Which work waits because of it?",
        ),
        Objection(
            "tool",
            "We already use {fact}.",
            "Do not replace what works; look for what is left over.",
            "Good. What do you still do outside {fact}?",
        ),
        Objection(
            "tradition",
            "We have always done it this way.",
            "Respect what has lasted; ask for the one thing that costs most.",
            "You have worked since {fact}, so most of it must be right. Which part would you change first?",
        ),
        Objection(
            "family",
            "We look after this ourselves.",
            "Leave control with them; offer to take one task away.",
            "Which task would you hand over first, if it were safe in other hands?",
        ),
        Objection(
            "price",
            "It costs too much.",
            "Put a figure on today's cost together before naming a price.",
            "What does it cost you today? Let us work that out first and then decide whether it is worth it.",
        ),
        Objection(
            "small",
            "We are too small for this.",
            "Start with one person and one task.",
            "How much of one person's week goes into it? If it is little, you are right.",
        ),
        Objection(
            "wrong_person",
            "I am not the right person.",
            "Ask for the name, not for a transfer.",
            "Thank you. Who decides on this at your company?",
        ),
        Objection(
            "proof",
            "We do not know you.",
            "They value references themselves: offer to be checked.",
            "You show what your own customers say. Whose word would you want to hear about us?",
        ),
    )
}

LEXICON = Lexicon(
    {
        "family": phrases(
            "family owned, family run, family business, in house team, in house, our own workshop, owner operated"
        ),
        "price": phrases(
            """
                competitive prices, competitive pricing, lowest prices, price match, best prices, low prices,
                affordable prices, affordable rates, fixed price, price guarantee
            """
        ),
    }
)
