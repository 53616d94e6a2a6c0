"""The words of an import, and what it does with a record that is there already. Pure."""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import Any

from leadboard.domain.stages import SalesStage
from leadboard.errors import Refused


class MatchBy(StrEnum):
    """What makes a row and a lead the same company."""

    DOMAIN = "domain"
    NAME = "name"
    EMAIL = "email"

    @property
    def label(self) -> str:
        """As a person reads it."""
        return {"domain": "Website", "name": "Company name", "email": "E-mail address"}[self.value]


class OnMatch(StrEnum):
    """What a row does to a record that is there already. A value that a person locked never changes."""

    FILL_EMPTY = "fill_empty"
    OVERWRITE = "overwrite"
    SKIP = "skip"


class JobStatus(StrEnum):
    """How far an import is."""

    REFUSED = "refused"
    UPLOADED = "uploaded"
    REQUESTED = "requested"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"
    REVERTING = "reverting"
    REVERTED = "reverted"


UNDER_WAY = frozenset({JobStatus.REQUESTED, JobStatus.RUNNING})
ENDED = frozenset({JobStatus.DONE, JobStatus.CANCELLED, JobStatus.FAILED})


UPLOADS_A_DAY = 20
"""Of a workspace, in 24 hours."""

_UPLOAD_REFUSALS = {
    "no_file": (422, "No file arrived. Choose one, then send the form again."),
    "several": (422, "Only one file is taken at a time. Choose one."),
    "too_large": (413, "This file is larger than 100 MB. Split it and import the parts."),
    "quota": (
        429,
        f"This workspace took {UPLOADS_A_DAY} files in the last 24 hours, which is its limit. Nothing was stored: "
        "upload this one tomorrow, or put several lists into one file.",
    ),
    "no_right": (403, "Your role here cannot import. Ask an owner or admin of this workspace."),
}
"""Why an upload was not taken, by code: the code travels in an address, where a sentence could be anybody's."""


def upload_refusal(code: str) -> Refused:
    """The refusal of a code."""
    status, sentence = _UPLOAD_REFUSALS[code]
    return Refused(sentence, field="file", code=code, status=status)


def upload_sentence(code: str) -> str:
    """What a code means; empty for one that nobody knows."""
    return _UPLOAD_REFUSALS.get(code, (0, ""))[1]


def clean_name(name: str) -> str:
    """A file's name as text: without folders, control characters and excess."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(char for char in last if char.isprintable()).strip()[:200] or "list"


class Outcome(StrEnum):
    """What became of a row; every row read has exactly one."""

    CREATED = "created"
    UPDATED = "updated"
    SKIPPED = "skipped"
    FAILED = "failed"


_WITH = {
    "headcount_max": "headcount_min",
    "domain": "website",
    "name_key": "name",
}
"""Columns that follow another one: half a range, or a domain beside somebody else's address, would be wrong."""


DEAL = frozenset({"value", "deal_stage", "close_date"})
"""A lead shows one deal. Parts of two would be none: filling in leaves the one it has alone."""


def changes(now: Mapping[str, Any], said: Mapping[str, Any], how: OnMatch, locked: Collection[str]) -> dict[str, Any]:
    """The columns a row changes and their new values, none when it brings nothing new."""
    if how is OnMatch.SKIP:
        return {}
    others = DEAL | {"sales_stage"} if how is OnMatch.FILL_EMPTY and has_other_deal(now, said) else frozenset[str]()
    return {
        column: value
        for column, value in said.items()
        if now[column] != value
        and column not in others
        and column not in locked
        and _may(_WITH.get(column, column), now, how, locked)
    }


def has_other_deal(now: Mapping[str, Any], said: Mapping[str, Any]) -> bool:
    """Whether the lead has a deal, and not the one of this row."""
    same = bool(now.get("external_id")) and now["external_id"] == said.get("external_id")
    return not same and any(not is_empty(now, column) for column in DEAL if column in now)


def _may(column: str, now: Mapping[str, Any], how: OnMatch, locked: Collection[str]) -> bool:
    return column not in locked and (how is OnMatch.OVERWRITE or is_empty(now, column))


def is_empty(now: Mapping[str, Any], column: str) -> bool:
    """Whether nothing stands there yet; a name that only repeats the domain is a stand-in."""
    value = now[column]
    if column == "name" and now.get("domain"):
        return value in ("", now["domain"])
    return value is None or value == "" or value == [] or (column == "sales_stage" and value == SalesStage.NONE)


def may_agree(theirs: str, ours: str) -> bool:
    """Whether two domains, or two addresses, leave it open that a shared name means the same."""
    return not theirs or not ours or theirs == ours


def parse_match_by(chosen: Sequence[str]) -> list[MatchBy]:
    """The choice in its order, each once; unknown words are passed over."""
    known = {each.value for each in MatchBy}
    return [MatchBy(word) for word in dict.fromkeys(chosen) if word in known]
