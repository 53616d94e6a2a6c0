"""Who may look into the demo world: a workspace that is marked so, at addresses that no real company has."""

import pytest

from leadboard.engine.demo import in_demo
from leadboard.store import db
from leadboard.store.tables import Workspace


@pytest.mark.parametrize(
    ("demo", "address", "may"),
    [
        (True, "brightwell-coffee.example", True),
        (True, "https://www.brightwell-coffee.example/team", True),
        (True, "tidewater.com.au", False),
        (True, "https://tidewater.com/?from=brightwell.example", False),
        (True, "", False),
        (False, "brightwell-coffee.example", False),
    ],
)
async def test_only_a_demo_workspace_looks_and_only_at_addresses_of_that_world(database, team, demo, address, may):
    async with db.begin(team.id) as tx:
        (await tx.get_one(Workspace, team.id)).demo = demo
    assert await in_demo(team.id, address) is may
