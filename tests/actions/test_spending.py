"""Caps of a day: typed in dollars, kept in millionths, audited."""

import pytest
from sqlmodel import select

from leadboard.actions import spending
from leadboard.domain.caps import read_cap
from leadboard.errors import Refused, Several
from leadboard.store import db
from leadboard.store.tables import Audit, Workspace
from tests.conftest import Team


@pytest.mark.parametrize(
    ("typed", "micros"),
    [
        ("", None),
        ("  ", None),
        ("0", 0),
        ("12.50", 12_500_000),
        ("$1,200", 1_200_000_000),
        ("0.000001", 1),
        ("0.0000019", 1),
        ("100000", 100_000_000_000),
    ],
)
def test_a_cap_is_read_as_people_type_it(typed: str, micros: int | None) -> None:
    assert read_cap(typed, "providers") == micros


@pytest.mark.parametrize("typed", ["ten", "-1", "1.2.3", "NaN", "Infinity", "100000.01", "1e9", "€5"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        read_cap(typed, "providers")
    assert refused.value.field == "providers"


async def kept(team: Team) -> tuple[int | None, int | None]:
    async with db.read(team.id) as tx:
        workspace = await tx.get_one(Workspace, team.id)
        return workspace.provider_cap_micros, workspace.model_cap_micros


async def test_caps_are_kept_and_audited_when_they_change(database, team: Team) -> None:
    for _ in range(2):
        await spending.change_caps(team.admin, team.slug, "4", "")
    assert await kept(team) == (4_000_000, None)
    await spending.change_caps(team.admin, team.slug, "", "2.5")
    assert await kept(team) == (None, 2_500_000)
    async with db.read(team.id) as tx:
        found = select(Audit.changes).where(Audit.workspace_id == team.id, Audit.action == "caps_changed")
        changes = (await tx.exec(found.order_by(Audit.at))).all()  # type: ignore[arg-type]
    assert changes == [
        {"was": [None, None], "now": [4_000_000, None]},
        {"was": [4_000_000, None], "now": [None, 2_500_000]},
    ]


async def test_all_that_is_wrong_is_refused_at_once_and_nothing_is_kept(database, team: Team) -> None:
    with pytest.raises(Several) as refused:
        await spending.change_caps(team.admin, team.slug, "x", "y")
    assert [each.field for each in refused.value.each] == ["providers", "models"]
    with pytest.raises(Refused):
        await spending.change_caps(team.admin, team.slug, "1", "y")
    assert await kept(team) == (None, None)


async def test_members_do_not_change_caps(database, team: Team) -> None:
    with pytest.raises(Refused):
        await spending.change_caps(team.member, team.slug, "1", "1")
