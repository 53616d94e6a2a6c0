"""A page that misses one delta on a living connection notices, and ends with what is stored."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import Page, WebSocketRoute, expect

from leadboard.domain.rights import Role
from tests.e2e import seed, sights
from tests.e2e.conftest import Visitors
from tests.e2e.seed import Somebody
from tests.e2e.server import Server


@dataclass
class Sieve:
    """Between browser and server; loses the next delta of the board once it is told to."""

    lose: bool = False
    lost: list[str] = field(default_factory=list)

    def __call__(self, browser: WebSocketRoute) -> None:
        server = browser.connect_to_server()

        def pass_on(frame: str | bytes) -> None:
            if self.lose and isinstance(frame, str) and "board_state" in frame and '"harvested' in frame:
                self.lose = False
                self.lost.append(frame)
            else:
                browser.send(frame)

        server.on_message(pass_on)


def test_a_delta_that_got_lost_is_made_good(server: Server, ada: Somebody, visitors: Visitors) -> None:
    """The one after it is about another column, so it brings nothing of what was lost."""
    done = seed.lead("Fjord Bakery", "fjord-bakery.example", column="enriched", stage="enriched", status="enriched")
    place = seed.workspace(server, "Lossy", [(ada, Role.OWNER)], seed.company_leads(3))
    seed.add_leads(server, place, [done])
    waiting = next(iter(place.leads))
    sieve = Sieve()
    lossy = visitors.context(server, ada).new_page()
    lossy.route_web_socket(re.compile("/_event/"), sieve)
    lossy.goto(place.board)
    other = visitors.page(server, ada, place.board)
    for page in (lossy, other):
        sights.expect_leads(page, "Harvested", 3)
        sights.mark(page)

    sieve.lose = True
    _do_next(other, waiting)
    expect(sights.card(other, waiting)).to_contain_text("Next")
    while not sieve.lost:
        lossy.wait_for_timeout(50)
    expect(sights.card(lossy, waiting)).not_to_contain_text("Next")

    _do_next(other, "Fjord Bakery")
    for name in ("Fjord Bakery", waiting):
        expect(sights.card(lossy, name)).to_contain_text("Next")
    sights.expect_not_reloaded(lossy)


def _do_next(page: Page, name: str) -> None:
    card = sights.card(page, name)
    card.hover()
    card.get_by_role("button", name=f"More for {name}").click()
    page.get_by_role("menuitem", name="Do next").click()
