"""What people with a title usually answer for. Inferred from the title alone, and said so."""

from dataclasses import dataclass

from leadboard.domain.vocabulary.lexicon import Lexicon, phrases


@dataclass(frozen=True, slots=True)
class Role:
    """An area of work: the words of its titles, and what people in it answer for, want and care about."""

    key: str
    words: str
    answers_for: tuple[str, ...]
    wants: tuple[str, ...]
    cares_about: tuple[str, ...]


ROLES: tuple[Role, ...] = (
    Role(
        "sales",
        "sales, business development, account executive, account manager, revenue, cro, commercial, key account",
        ("revenue from new and existing customers", "the sales team and its targets"),
        ("more conversations with buyers who fit", "a forecast that holds"),
        ("time spent selling rather than reporting",),
    ),
    Role(
        "marketing",
        "marketing, cmo, brand, communications, growth, content, digital, public relations, advertising, media",
        ("demand for what the company sells", "how the company is seen"),
        ("enquiries that sales takes up", "proof of what a campaign brings"),
        ("results that can be shown",),
    ),
    Role(
        "technology",
        """
            cto, cio, technology, engineering, it, software, developer, engineer, technical, data,
            infrastructure, devops, ciso, security
        """,
        ("systems that run and what is built next", "the technical team"),
        ("fewer interruptions", "tools that fit what is there"),
        ("facts rather than promises",),
    ),
    Role(
        "finance",
        "cfo, finance, financial, accounting, controller, treasurer, accountant, bookkeeper, billing",
        ("budget, cash and reporting",),
        ("costs that can be planned",),
        ("a clear calculation",),
    ),
    Role(
        "people",
        "hr, human resources, people, talent, recruiting, recruiter, personnel, training",
        ("finding and keeping people",),
        ("open roles filled in time",),
        ("how the team takes it",),
    ),
    Role(
        "operations",
        """
            coo, operations, logistics, production, plant, supply chain, warehouse, facility, quality, office,
            project, service, fleet, purchasing, procurement, buyer, site
        """,
        ("the daily work running on time", "quality and cost of delivery"),
        ("fewer exceptions to deal with by hand",),
        ("that a change does not stop the work",),
    ),
    Role(
        "customers",
        "customer service, customer success, customer support, support, client services, guest services, reception",
        ("answers to customers", "customers who stay"),
        ("fewer repeated questions",),
        ("how customers take it",),
    ),
    Role(
        "product",
        "product, cpo, design, research, r d, innovation, creative",
        ("what is offered and how it develops",),
        ("knowing what customers need next",),
        ("what customers say",),
    ),
    Role(
        "practice",
        "dentist, doctor, physician, attorney, lawyer, partner, veterinarian, therapist, architect, principal",
        ("their clients or patients", "part of running the practice"),
        ("more time for clients or patients",),
        ("trust and discretion",),
    ),
    Role(
        "leadership",
        """
            ceo, chief executive, owner, founder, co founder, cofounder, managing director, president, general
            manager, chairman, executive director, director, proprietor
        """,
        ("direction and budget of the company", "the final decision on larger purchases"),
        ("growth that the team can carry", "less that depends on them alone"),
        ("what it brings the company, in short",),
    ),
)

LEXICON = Lexicon({role.key: phrases(role.words) for role in ROLES})

_BY_KEY = {role.key: role for role in ROLES}
_AT_THE_TOP = frozenset({"leadership"})


def role_of(title: str) -> Role | None:
    """The area of work a title belongs to: "Marketing Director" is marketing, "Director" is leadership."""
    keys = [hit.key for hit in LEXICON.hits(title)]
    specific = [key for key in keys if key not in _AT_THE_TOP]
    whole_company = {"ceo", "chief executive", "owner", "founder", "co founder", "managing director", "president"}
    if any(hit.phrase.casefold() in whole_company for hit in LEXICON.hits(title)) or not specific:
        return _BY_KEY[keys[0] if not specific else "leadership"] if keys else None
    return _BY_KEY[specific[0]]
