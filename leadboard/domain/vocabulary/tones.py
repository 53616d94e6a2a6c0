"""How a company speaks (skills sheet, section 4), by the words it uses, and how to answer in kind."""

from leadboard.domain.vocabulary.lexicon import Lexicon, phrases

TONES: dict[str, tuple[str, str]] = {
    "professional": (
        "Write soberly and to the point",
        """
            professional, professionals, expertise, experienced, commitment, excellence, integrity, trusted,
            clients, dedicated, reliable
        """,
    ),
    "friendly": (
        "Write warmly, as to a neighbour",
        """
            family owned, family run, friendly, welcome, our family, smile, love, neighbours, neighbors, thank
            you, happy to help, feel at home
        """,
    ),
    "bold": (
        "Write short and with a clear claim",
        """
            revolutionary, disrupt, unstoppable, world class, leading, the best, number one, unbeatable,
            redefine, reinvent, guaranteed
        """,
    ),
    "creative": (
        "Show an idea before an offer",
        """
            creative, imagination, inspire, inspired, passion, passionate, unique, beautiful, handcrafted,
            storytelling, artistic, crafted
        """,
    ),
    "technical": (
        "Give facts, figures and formats",
        """
            api, specifications, integration, architecture, engineering, technical, infrastructure, performance,
            precision, tolerance, latency, sdk
        """,
    ),
    "casual": (
        "Write as you would speak",
        "hey, awesome, cool, stuff, yep, super easy, hassle free, no worries, grab, chill, fun",
    ),
}
"""Tone -> how to write to people who speak so, and the words of the tone."""

LEXICON = Lexicon({tone: phrases(words) for tone, (_, words) in TONES.items()})

CULTURE = Lexicon(
    {
        "Family-run": phrases(
            "family owned, family run, family business, family owned and operated, generations, third generation"
        ),
        "Their mission": phrases("our mission, our vision, we believe, our values, our philosophy, our purpose"),
        "Sustainability": phrases("""
            sustainable, sustainability, eco friendly, environmentally friendly, carbon neutral, recycled
        """),
        "Community": phrases("our community, local community, give back, giving back, charity work, sponsor"),
        "Independence": phrases("""
            independent, independently owned, employee owned, locally owned, veteran owned, women owned
        """),
        "Working remotely": phrases("remote team, remote first, fully remote, work from anywhere, distributed team"),
    }
)
"""What a company says about itself as a place, by the name of the trait."""
