"""From what sources found to companies: those that are none or are excluded go, the same becomes one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from leadboard.domain.found import FoundCompany
from leadboard.domain.icp import Icp, excluded_by
from leadboard.domain.identity import (
    identity_key,
    normalise_name,
    registrable_domain,
    somebody_elses,
    why_not_a_company,
)
from leadboard.domain.waterfall.normalise import spoken

_NOBODY = "It has neither a name nor a website."


@dataclass(frozen=True, slots=True)
class Finding:
    """What one source says of a company; `micros` is its share of what the page cost."""

    service: str
    company: FoundCompany
    micros: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A company, with all that was found of it. Without a `domain` its name is its key."""

    key: str
    name: str
    domain: str
    findings: tuple[Finding, ...]

    @property
    def name_key(self) -> str:
        """Its name for comparing."""
        return normalise_name(self.name)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A company that is not taken, and why, as a sentence."""

    key: str
    name: str
    service: str
    why: str
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Sifted:
    """What is left, each company once, and what is not."""

    candidates: tuple[Candidate, ...]
    left_out: tuple[LeftOut, ...]


def findings_of(service: str, companies: Sequence[FoundCompany], micros: int) -> tuple[Finding, ...]:
    """A page of a source. Its companies share the price, to the last millionth."""
    whole, rest = divmod(micros, len(companies)) if companies else (0, 0)
    return tuple(Finding(service, company, whole + (n < rest)) for n, company in enumerate(companies))


def sift(findings: Iterable[Finding], icp: Icp) -> Sifted:
    """What is left of the findings, in their order."""
    candidates: list[Candidate] = []
    left_out: dict[str, LeftOut] = {}
    for finding in findings:
        taken = _candidate(finding, icp)
        if isinstance(taken, LeftOut):
            left_out.setdefault(taken.key, taken)
        else:
            candidates.append(taken)
    return Sifted(merge(candidates), tuple(left_out.values()))


def _candidate(finding: Finding, icp: Icp) -> Candidate | LeftOut:
    company = finding.company
    name, domain = spoken(company.name), "" if somebody_elses(company.domain) else registrable_domain(company.domain)
    key = identity_key(name, domain)

    def left_out(why: str, excluded: bool = False) -> LeftOut:
        return LeftOut(key or name, name or domain, finding.service, why, excluded)

    if not key:
        return left_out(_NOBODY)
    if why := why_not_a_company(name, company.domain):
        return left_out(why)
    if entry := excluded_by(icp, name, domain):
        return left_out(f"Your profile excludes “{entry}”.", excluded=True)
    return Candidate(key, name, domain, (finding,))


def merge(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Each company once, with all its findings: the same key is the same company, and so is a name without a website
    that just one company with a website has."""
    by_key: dict[str, Candidate] = {}
    for each in candidates:
        known = by_key.get(each.key)
        by_key[each.key] = _joined(known, each) if known else each
    with_domain: dict[str, list[str]] = {}
    for each in by_key.values():
        if each.domain:
            with_domain.setdefault(each.name_key, []).append(each.key)
    for each in [each for each in by_key.values() if not each.domain]:
        same = with_domain.get(each.name_key, [])
        if len(same) == 1:
            by_key[same[0]] = _joined(by_key[same[0]], each)
            del by_key[each.key]
    return tuple(by_key.values())


def _joined(one: Candidate, other: Candidate) -> Candidate:
    more = tuple(finding for finding in other.findings if finding not in one.findings)
    return replace(one, findings=(*one.findings, *more))
