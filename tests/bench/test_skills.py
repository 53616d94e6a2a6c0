"""What the skills are worth on real texts (protocol: skills.md)."""

from typing import Any

import pytest

from leadboard.bench.skills import run
from tests.conftest import SHARED, need


@pytest.fixture(scope="module")
def figures() -> dict[str, Any]:
    for part in ("yc_companies", "company_pages"):
        need(part)
    return run(SHARED, sites=15, every=5)


def test_industries_are_told_from_descriptions_as_well_as_promised(figures):
    ours, floor = figures["industries"]["all"], figures["industries"]["floor"]["all"]

    assert ours["precision"] >= max(0.70, floor["precision"])
    assert ours["recall"] >= max(0.48, floor["recall"])


def test_every_saved_site_comes_to_a_profile(figures):
    sites = figures["sites"]

    assert (sites["sites"], sites["unreadable"], sites["failed_steps"]) == (15, 0, 0)
    assert sites["with_clients"] > 0
