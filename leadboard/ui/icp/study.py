"""A study of the workspace's website, ready to be drawn."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from leadboard.domain.icp_diff import NAMES
from leadboard.domain.study import READING, STEPS, UNDER_WAY, Proposal, StudyStatus, proposals
from leadboard.store.tables import Study as Stored
from leadboard.ui import words


@dataclass(frozen=True)
class StudyStep:
    """A step: `state` is waiting, working, done or failed; `said` what it found or why it failed."""

    name: str = ""
    label: str = ""
    state: str = "waiting"
    said: str = ""


@dataclass(frozen=True)
class ProposalRow:
    """What is proposed for one field, how sure it is in percent and in words, and why."""

    about: str = ""
    label: str = ""
    texts: list[str] = field(default_factory=list)
    percent: int = 0
    reasons: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Study:
    """The last study; without a `website` there is none."""

    website: str = ""
    company: str = ""
    working: bool = False
    error: str = ""
    by: str = ""
    at: str = ""
    steps: list[StudyStep] = field(default_factory=list)
    proposals: list[ProposalRow] = field(default_factory=list)
    nothing: str = ""
    """Says why nothing is proposed, where a study ended without a proposal."""
    advice: list[str] = field(default_factory=list)


def shown(stored: Stored | None) -> Study:
    """The study as its panel shows it."""
    if stored is None:
        return Study()
    found = stored.found or {}
    rows = [_row(each) for each in proposals(found)]
    ended = stored.status == StudyStatus.COMPLETED
    return Study(
        website=stored.website,
        company=found.get("company_name", ""),
        working=stored.status in UNDER_WAY,
        error=stored.error,
        by=stored.by,
        at=words.iso(stored.ended_at or stored.created_at),
        steps=_steps(stored),
        proposals=rows,
        nothing="The website names too few clients to see what they share." if ended and not rows else "",
        advice=list(found.get("recommendations") or ()),
    )


def _steps(stored: Stored) -> list[StudyStep]:
    """Every step, the ended ones with what they found; the first of the others is at work while the study is. None of a
    study that ended before its first step did."""
    if not stored.steps and stored.status not in UNDER_WAY:
        return []
    ended = {each["name"]: each for each in stored.steps}
    following = next((name for name in STEPS if name not in ended), "") if stored.status in UNDER_WAY else ""
    return [
        StudyStep(name, label, _state(ended.get(name), name == following), _said(name, ended.get(name), stored))
        for name, label in STEPS.items()
    ]


def _state(ended: Mapping[str, Any] | None, working: bool) -> str:
    if ended is None:
        return "working" if working else "waiting"
    return "done" if ended["ok"] else "failed"


def _said(name: str, ended: Mapping[str, Any] | None, stored: Stored) -> str:
    if ended is None:
        return ""
    if not ended["ok"]:
        return ended["error"]
    found = stored.found or {}
    match name:
        case _ if name == READING:
            return ended.get("said", "")
        case "parse_website":
            return found.get("company_name", "")
        case "extract_services":
            return _listed(each["name"] for each in (found.get("services") or {}).get("services", ()))
        case "extract_portfolio":
            return _listed(each["company_name"] for each in (found.get("portfolio") or {}).get("companies", ()))
        case "classify_industries":
            return _listed(each["industry"] for each in (found.get("industries") or {}).get("industries", ()))
        case "estimate_company_size":
            size = found.get("company_size") or {}
            return f"{size['team_size']} people" if size.get("team_size") else ""
    return ""


def _listed(names: Iterable[str]) -> str:
    """The first of them, and how many more there are."""
    first, *others = [*names] or [""]
    shown = ", ".join([first, *others[:3]])
    return f"{shown} and {len(others) - 3} more" if len(others) > 3 else shown


def _row(proposal: Proposal) -> ProposalRow:
    label = NAMES[proposal.field]
    percent = round(proposal.confidence * 100)
    return ProposalRow(proposal.field, label, list(proposal.values), percent, list(proposal.reasons))
