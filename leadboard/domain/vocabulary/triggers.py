"""Words of a page that say something is changing, which is when people buy."""

from dataclasses import dataclass

from leadboard.domain.vocabulary.lexicon import Lexicon, phrases


@dataclass(frozen=True, slots=True)
class Trigger:
    """A kind of change. `shows` names it for a reader; `relevance` (high, medium, low) is what it means by itself."""

    kind: str
    shows: str
    relevance: str
    words: str = ""


TRIGGERS: tuple[Trigger, ...] = (
    Trigger(
        "funding",
        "Funding",
        "high",
        """
            funding round, seed round, seed funding, series a funding, series b funding, series c funding,
            series a round, series b round, series c round, venture funding, venture backed, secured funding,
            raised funding, investment round, backed by y combinator
        """,
    ),
    Trigger(
        "expansion",
        "A new place",
        "high",
        """
            new location, new office, second location, opening soon, coming soon, grand opening, new showroom,
            new facility, new premises, new branch, new warehouse, new headquarters, now open in, we have moved,
            we ve moved, we moved
        """,
    ),
    Trigger(
        "launch",
        "Something new on offer",
        "medium",
        """
            just launched, newly launched, launch of, launches new, new product, new products, new service, new
            services, new collection, new website, now available, introducing, public beta, new menu
        """,
    ),
    Trigger(
        "leadership",
        "A change at the top",
        "high",
        """
            new ceo, new chief executive, new managing director, new director of, new head of, appointed, under
            new management, new owner, new owners
        """,
    ),
    Trigger(
        "deal",
        "A merger or partnership",
        "medium",
        """
            partnership with, partners with, partnered with, acquired by, acquisition of, has acquired, merger
            with, merged with, joint venture
        """,
    ),
    Trigger(
        "event",
        "An event",
        "low",
        "trade show, exhibiting at, visit our booth, meet us at, upcoming webinar, open house",
    ),
)

HIRING = Trigger("hiring", "An open role", "high")
NEWS = Trigger("news", "News", "medium")

TRIGGER_BY_KIND = {trigger.kind: trigger for trigger in (*TRIGGERS, HIRING, NEWS)}

LEXICON = Lexicon({trigger.kind: phrases(trigger.words) for trigger in TRIGGERS})
