"""How a company words what it stands for: whom it is for, what it promises, what sets it apart, which pains it ends."""

import re

from leadboard.domain.vocabulary.lexicon import Lexicon, phrases

_HELPS = r"(?:helps?|works? (?:\w+ly |only )?with|serves?|speciali[sz]es? in (?:helping|serving|working with))"
_HELPED = r"(?= \w)(?! (?:as|in|you|your|us|our|them|it|each|all|is|are|has|have|and|to)\b)"
_WORK = (
    r"(?:agency|studio|marketing|consultancy|consultants?|consulting|firm|partners?|websites?|design|seo|software"
    r"|advertising|branding|strategy|growth|solutions)"
)

AUDIENCE = re.compile(
    rf"(?i:\b(?:we|our (?:team|agency|firm|company|studio))\b[^.!?]{{0,20}}?\b{_HELPS}\b{_HELPED})"
    r"|\b(?!(?:He|She|They|It|Who|This|That)\b)[A-Z][\w&'’-]* "
    rf"(?:(?:\w+ly|only) )?(?:helps|serves|works (?:\w+ly |only )?with)\b{_HELPED}"
    rf"|^(?i:helping|serving|supporting|empowering)\b{_HELPED}"
    rf"|(?i:(?<!of )\b{_WORK} for\b{_HELPED})"
    rf"|(?i:\b(?:designed|built|made|tailored) (?:exclusively |only |especially |specifically )?for\b{_HELPED})"
)
"""What stands before the words for the audience in a sentence that says whom the company is for."""

PROMISE = re.compile(
    r"\bguarantee[ds]?\b|\bwe promise\b|\bour promise\b|\bwe(?:'|’| wi)ll (?:always|never)\b|\bmoney[- ]back\b"
    r"|\bno (?:lock-?in|long[- ]term) contracts?\b|\bno hidden (?:fees|costs)\b|\bor you don(?:'|’)t pay\b"
    r"|\bwe (?:always|never)\b|\bcommitted to\b|\bour commitment\b",
    re.IGNORECASE,
)
"""A sentence that promises something."""

DIFFERENCE = re.compile(
    r"\bunlike\b|\bthe only\b|\bwhat (?:makes|sets) us\b|\bsets us apart\b|\bin-house\b|\baward[- ]winning\b"
    r"|\b\d+\+? years(?:'|’)? (?:of )?experience\b|\bcertified\b|\bexclusively\b|\bfamily[- ](?:owned|run)\b"
    r"|\b(?:locally|employee)[- ]owned\b|\bone point of contact\b|\bdedicated (?:team|account|project)\b"
    r"|\bdifferent (?:from|to)\b|\bsenior (?:team|people|staff)\b|\bproven\b|\bdata[- ]driven\b",
    re.IGNORECASE,
)
"""A sentence that says what sets the company apart."""

PAIN = re.compile(
    r"\b(?:tired of|sick of|fed up|struggl(?:e|es|ing) (?:with|to)|frustrat(?:ed|ing)|wast(?:e|ed|ing) (?:time|money)"
    r"|no more|stop (?:wasting|losing|chasing|guessing)|too (?:busy|expensive|slow)|overwhelm(?:ed|ing)"
    r"|not enough (?:leads|time|customers|patients)|losing (?:money|customers|leads)|headaches?"
    r"|without the (?:hassle|stress|guesswork))\b",
    re.IGNORECASE,
)
"""A sentence that names what the customers suffer from."""

RESULT = re.compile(
    r"(?:\b\d[\d,.]*\s?(?:%|percent\b|x\b)|[$£€]\s?\d[\d,.]*\s?(?:k|m|million|thousand)?\b)[^.!?]{0,60}?\b(?:increase|more"
    r"|growth|up|rise|boost|higher|reduction|less|fewer|lower|revenue|leads|sales|traffic|bookings|return|saved|roi"
    r"|conversions?)\b"
    r"|\b(?:increas|grew|grow|rose|risen|climb|jump|lift|fell|drop|boost|rais|doubl|tripl|cut|reduc|sav|improv)\w*\b"
    r"[^.!?]{0,60}?(?:\d[\d,.]*\s?(?:%|percent\b"
    r"|x\b)|[$£€]\s?\d[\d,.]*)|\b(?:doubled|tripled|quadrupled)\b",
    re.IGNORECASE,
)
"""A sentence with a figure of what came of it."""

CLIENTS_CLAIMED = re.compile(
    r"\b(?:over|more than|than)?\s?(?P<count>\d{1,3}(?:,\d{3})+|\d{1,6})\s?\+?\s(?:happy |satisfied |loyal |active "
    r"|amazing |great |valued )?(?:clients|customers|companies|businesses|brands|organi[sz]ations)\b",
    re.IGNORECASE,
)
"""How many clients the company says it has."""

SIZES = Lexicon(
    {
        "1-10": phrases("startup, start up, sole trader, freelancer, solopreneur, micro business"),
        "1-10|11-50": phrases("""
            small business, small businesses, small company, small companies, small and local businesses, local
            business, local businesses, family business
        """),
        "1-10|11-50|51-200": phrases("""
            smb, sme, small and medium businesses, small and medium sized businesses, small to medium businesses, small
            and medium enterprises, small and medium sized enterprises, small to medium sized businesses
        """),
        "51-200|201-500": phrases("""
            mid market, midmarket, mid sized company, mid sized companies, medium sized company, medium sized companies,
            mid sized business, mid sized businesses, mittelstand
        """),
        "501+": phrases("""
            enterprise clients, enterprise companies, enterprise customers, large enterprises, large companies, fortune
            500, global brands, multinationals, corporations
        """),
    }
)
"""The size bands (separated by |) that a word for a kind of company stands for."""

LOCAL = Lexicon({"local": phrases("local business, local businesses, local companies, local community, our area")})
"""Words of a company that works where it is."""
