"""Stages of deals in other systems, as the sales stages of ours."""

import re

from leadboard.domain.stages import SalesStage
from leadboard.domain.words import word_set

_STAGES: tuple[tuple[SalesStage, frozenset[str]], ...] = (
    (
        SalesStage.DISQUALIFIED,
        word_set("abandoned dead disqualified junk lost refused rejected unqualified verloren"),
    ),
    (
        SalesStage.MEETING_BOOKED,
        word_set("appointment appointmentscheduled booked customer demo gewonnen meeting scheduled signed won"),
    ),
    (
        SalesStage.NEGOTIATING,
        word_set(
            "closing commit contract contracting decision decisionmakerboughtin engage engaged engaging evaluation "
            "negotiate negotiating negotiation offer pilot poc presentation presentationscheduled procurement proposal "
            "quote quoted trial verhandlung angebot"
        ),
    ),
    (
        SalesStage.FIRST_CONTACT,
        word_set("approached attempted call connect connected contact contacted emailed outreach reached working"),
    ),
    (
        SalesStage.REVIEWING,
        word_set(
            "analysis discovery identified inbound lead mql new open pipeline prospect prospecting prospects "
            "qualification qualified qualifiedtobuy qualifying research review reviewing sal sql suspect target"
        ),
    ),
)
"""The most telling first: "demo lost" is lost, "proposal after demo" is a demo. Won has no column of its own on the
board; it is the furthest that people have come, and the deal's own words stay beside it."""


def sales_stage_of(deal_stage: str) -> SalesStage:
    """Where people are with a lead whose deal is at this stage; `NONE` for words nobody knows."""
    said = set(re.findall(r"[^\W\d_]+", deal_stage.casefold()))
    return next((stage for stage, words in _STAGES if said & words), SalesStage.NONE)
