"""How well the skills read what is labelled: the industry that a description speaks of, and saved sites as a whole.

`run` reads the descriptions of a public directory of companies, with the industries the directory puts them in, beside
a floor that looks for the directory's own word; and saved pages of small companies, of which nobody labelled clients
or services: of these it only says how many come to a profile, and how fast. See tests/bench/skills.md.
"""

import asyncio
import csv
import gzip
import tarfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from leadboard.domain.industry_words import clearest_industry
from leadboard.domain.site import read_page
from leadboard.domain.words import mentions
from leadboard.engine.skills.base import Context
from leadboard.engine.skills.discover import Discovery, discover
from leadboard.engine.skills.from_site import from_site
from leadboard.engine.skills.parse_website import Website
from leadboard.errors import Refused

LABELS = {
    "Healthcare": ("healthcare",),
    "Fintech": ("finance",),
    "Education": ("education",),
    "Government": ("government",),
    "Real Estate and Construction": ("real_estate", "construction"),
}
"""The industries of the directory that are industries of the skills sheet as well, and which."""

Judge = Callable[[str], frozenset[str]]
"""The labels that a description speaks of."""

_SAVED_AT = Context(date(2014, 6, 1))


def run(shared: Path, sites: int = 58, every: int = 1) -> dict[str, Any]:
    """The figures. `shared` holds the `data` folder; at most `sites` saved sites and one of `every` so many
    descriptions are read."""
    described = list(_described(shared / "data" / "yc_companies" / "yc_companies.csv.gz"))[::every]
    return {
        "industries": {
            "descriptions": len(described),
            **_figures(described, _ours),
            "floor": _figures(described, _floor),
        },
        "sites": _sites(shared / "data" / "company_pages", sites),
    }


def _described(path: Path) -> Iterator[tuple[str, frozenset[str]]]:
    """Each company's description and its labels."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            labels = {label.strip() for label in row["industries"].split(";")}
            yield f"{row['one_liner']}\n{row['long_description']}", frozenset(labels & LABELS.keys())


def _ours(text: str) -> frozenset[str]:
    found = clearest_industry(text.split("\n"))
    return frozenset(label for label, industries in LABELS.items() if found in industries)


def _floor(text: str) -> frozenset[str]:
    return frozenset(label for label in LABELS if any(mentions(text, word) for word in label.split(" and ")))


def _figures(described: list[tuple[str, frozenset[str]]], judge: Judge) -> dict[str, Any]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for text, labels in described:
        found = judge(text)
        for label in found | labels:
            outcome = "right" if label in found & labels else "wrong" if label in found else "missed"
            counts[label][outcome] += 1
            counts["all"][outcome] += 1
    return {label: _figure(counts[label]) for label in ("all", *LABELS)}


def _figure(count: Counter[str]) -> dict[str, float | int]:
    said, there = count["right"] + count["wrong"], count["right"] + count["missed"]
    return {
        "precision": round(count["right"] / said, 4) if said else 1.0,
        "recall": round(count["right"] / there, 4) if there else 1.0,
        **{outcome: count[outcome] for outcome in ("right", "wrong", "missed")},
    }


def _sites(folder: Path, most: int) -> dict[str, Any]:
    """What the saved sites come to, one after the other, reading of their pages included."""
    counts: Counter[str] = Counter()
    took = []
    for site, pages in islice(_saved(folder).items(), most):
        began = time.perf_counter()
        found = _profile(site, pages)
        took.append(time.perf_counter() - began)
        counts["pages"] += len(pages)
        counts["unreadable"] += found is None
        if found:
            counts["failed_steps"] += len(found.missing)
            counts["with_clients"] += bool(found.portfolio and found.portfolio.companies)
            counts["clients"] += len(found.portfolio.companies) if found.portfolio else 0
            counts["with_services"] += bool(found.services and found.services.services)
            counts["with_size"] += bool(found.company_size and found.company_size.size_range)
    names = ("pages", "unreadable", "failed_steps", "with_clients", "clients", "with_services", "with_size")
    return {
        "sites": len(took),
        **{name: counts[name] for name in names},
        "seconds_each": round(sum(took) / len(took), 3),
        "slowest_seconds": round(max(took), 3),
    }


def _saved(folder: Path) -> dict[str, dict[str, bytes]]:
    """Site -> its pages by their names."""
    with (folder / "pages.csv").open(encoding="utf-8", newline="") as file:
        site_of = {row["page"]: row["site"] for row in csv.DictReader(file)}
    sites: dict[str, dict[str, bytes]] = defaultdict(dict)
    with tarfile.open(folder / "pages.tar.gz") as archive:
        for member in archive:
            content = archive.extractfile(member)
            if content and member.name in site_of:
                sites[site_of[member.name]][member.name.rpartition("/")[2]] = content.read()
    return sites


def _profile(site: str, pages: dict[str, bytes]) -> Discovery | None:
    """What a site comes to, None when it is unreadable."""
    url = f"https://{site or 'unknown.example'}/"
    try:
        read = tuple(read_page(html, f"{url}{name if len(pages) > 1 else ''}") for name, html in pages.items())
        return asyncio.run(discover(Website(url=url, read=read), enrich=from_site, context=_SAVED_AT))
    except Refused:
        return None
