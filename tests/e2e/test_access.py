"""Signing in and out, and who sees what: in the browser, where a mistake would be seen."""

import re
from contextlib import suppress
from datetime import datetime, timedelta

from playwright.sync_api import Page, expect

from leadboard.domain.rights import Role
from leadboard.domain.sign_in import INVITE_LIVES
from tests.e2e import seed, sights
from tests.e2e.conftest import Console, Visitors
from tests.e2e.seed import PASSWORD, Place, Somebody
from tests.e2e.server import Server

WRONG = "This address and password do not match."


def _sign_in(page: Page, email: str, password: str) -> None:
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_a_wrong_password_is_said_and_the_address_stays(
    server: Server, ada: Somebody, place: Place, visitors: Visitors
) -> None:
    page = visitors.page(server, path="/sign-in")
    _sign_in(page, ada.email, "not the password")
    expect(page.get_by_role("alert")).to_contain_text(WRONG)
    expect(page.get_by_label("Email")).to_have_value(ada.email)
    expect(page.get_by_label("Password", exact=True)).to_have_value("")
    assert "not the password" not in page.url
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile(rf"{server.url}/w/[\w-]+/board"))


def test_a_signed_out_visitor_of_a_board_is_sent_to_sign_in(server: Server, place: Place, visitors: Visitors) -> None:
    page = visitors.page(server, path=place.board)
    sights.expect_sign_in(page)
    expect(page.get_by_role("link", name=next(iter(place.leads)))).to_have_count(0)


def test_the_session_cookie_is_out_of_reach_of_scripts_and_new_at_each_sign_in(
    server: Server, place: Place, visitors: Visitors
) -> None:
    carla = seed.somebody(server, "Carla Voss")
    seed.workspace(server, "Of Carla", [(carla, Role.OWNER)])
    context = visitors.context(server)
    page = context.new_page()
    values = set()
    for _ in range(2):
        page.goto("/sign-in")
        _sign_in(page, carla.email, PASSWORD)
        expect(page).to_have_url(re.compile("/board$"))
        assert page.evaluate("document.cookie") == ""
        (cookie,) = map(dict, context.cookies())
        assert cookie["name"] == "__Host-lb"
        assert (cookie["secure"], cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, True, "Lax", "/")
        values.add(cookie["value"])
    assert len(values) == 2


def test_signing_out_signs_the_other_tabs_out_at_once(server: Server, visitors: Visitors) -> None:
    dora = seed.somebody(server, "Dora Lind")
    place = seed.workspace(server, "Of Dora", [(dora, Role.OWNER)], seed.company_leads(3))
    context = visitors.context(server, dora)
    first, second = context.new_page(), context.new_page()
    second.clock.install()
    for page in (first, second):
        page.goto(place.board)
        sights.expect_leads(page, "Harvested", 3)
    second.clock.pause_at(datetime.now() + timedelta(minutes=1))
    first.get_by_role("button", name="Your account").click()
    sights.sign_out(first, first.get_by_role("menuitem", name="Sign out"))
    _reaches_sign_in_within_a_second_of_its_own(second)
    first.go_back()
    sights.expect_sign_in(first)


def _reaches_sign_in_within_a_second_of_its_own(page: Page) -> None:
    """A second of the page's clock, which stands still while the page waits for a busy machine."""
    heading = page.get_by_role("heading", name="Sign in")
    for _ in range(20):
        page.clock.run_for(50)
        with suppress(AssertionError):
            expect(heading).to_be_visible(timeout=500)
            break
    expect(heading).to_be_visible(timeout=1)


def test_the_next_person_at_a_tab_sees_nothing_of_the_one_before(server: Server, visitors: Visitors) -> None:
    hana, ivo = seed.somebody(server, "Hana Sato"), seed.somebody(server, "Ivo Brandt")
    hers = seed.workspace(server, "Of Hana", [(hana, Role.OWNER)], [seed.lead("Only for Hana", "hana.example")])
    his = seed.workspace(server, "Of Ivo", [(ivo, Role.OWNER)], [seed.lead("Only for Ivo", "ivo.example")])
    page = visitors.page(server, hana, hers.board)
    expect(page.get_by_role("link", name="Only for Hana")).to_be_visible()
    page.get_by_role("button", name="Your account").click()
    sights.sign_out(page, page.get_by_role("menuitem", name="Sign out"))
    _sign_in(page, ivo.email, PASSWORD)
    expect(page).to_have_url(f"{server.url}{his.board}")
    expect(page.get_by_role("link", name="Only for Ivo")).to_be_visible()
    assert "Hana" not in page.content()
    page.goto(hers.board)
    expect(page.get_by_role("heading", name="This is not here")).to_be_visible()
    assert "Hana" not in page.content()


def test_a_removed_member_loses_the_board_at_once(server: Server, ada: Somebody, visitors: Visitors) -> None:
    eve = seed.somebody(server, "Eve Larsen")
    place = seed.workspace(server, "Without Eve", [(ada, Role.OWNER), (eve, Role.MEMBER)], seed.company_leads(3))
    hers = visitors.page(server, eve, place.board)
    sights.expect_leads(hers, "Harvested", 3)
    owners = visitors.page(server, ada, f"/w/{place.slug}/settings")
    row = owners.get_by_role("listitem").filter(has_text=eve.email)
    row.get_by_role("button", name="Remove").click()
    expect(row).to_have_count(0)
    expect(hers.get_by_role("link", name=next(iter(place.leads)))).to_have_count(0)
    sights.expect_sign_in(hers)


def test_foreign_addresses_are_not_here(server: Server, ada: Somebody, place: Place, visitors: Visitors) -> None:
    fred = seed.somebody(server, "Fred Amsel")
    theirs = seed.workspace(server, "Of Fred", [(fred, Role.OWNER)], [seed.lead("Secret Halden", "halden.example")])
    page = visitors.page(server, ada, theirs.board)
    expect(page.get_by_role("heading", name="This is not here")).to_be_visible()
    page.goto(f"/w/{theirs.slug}/settings")
    expect(page.get_by_role("heading", name="This is not here")).to_be_visible()
    page.goto(f"{place.board}/{theirs.leads['Secret Halden']}")
    expect(page.get_by_text("This lead is not here")).to_be_visible()
    page.goto(f"{place.board}/not-an-id")
    expect(page.get_by_text(re.compile("not here"))).to_be_visible()
    assert "Secret Halden" not in page.content()
    page.get_by_role("link", name="Back to your board").click()
    sights.expect_leads(page, "Harvested", 12)


def test_a_viewer_sees_everything_and_can_start_nothing(server: Server, ada: Somebody, visitors: Visitors) -> None:
    vera = seed.somebody(server, "Vera Holt")
    place = seed.workspace(server, "Looked at", [(ada, Role.OWNER), (vera, Role.VIEWER)], seed.company_leads(3))
    page = visitors.page(server, vera, place.board)
    sights.expect_leads(page, "Harvested", 3)
    enrich = page.get_by_role("button", name="Enrich 3 leads")
    expect(enrich).to_be_disabled()
    expect(enrich).to_have_attribute("title", "Your role here cannot start enrichment")
    page.get_by_role("link", name=next(iter(place.leads)), exact=True).click()
    expect(page.get_by_role("dialog").get_by_role("button", name="Enrich")).to_be_disabled()
    page.goto(f"/w/{place.slug}/import")
    expect(page.get_by_text("Your role here can look at imports, but not make one.")).to_be_visible()
    page.goto(f"/w/{place.slug}/icp")
    expect(page.get_by_role("button", name="Save")).to_be_disabled()
    page.goto(f"/w/{place.slug}/settings")
    expect(page.get_by_text(vera.email)).to_be_visible()
    expect(page.get_by_role("button", name="Remove")).to_have_count(0)


def test_a_viewer_who_tries_all_the_same_is_told_so(server: Server, ada: Somebody, visitors: Visitors) -> None:
    vera = seed.somebody(server, "Vera Tries")
    place = seed.workspace(server, "Looked at again", [(ada, Role.OWNER), (vera, Role.VIEWER)], seed.company_leads(1))
    page = visitors.page(server, vera, place.board)
    sights.column(page, "Harvested").get_by_role("button", name="Actions for Harvested").click()
    page.get_by_role("menuitem", name="Enrich all").click()
    expect(page.get_by_role("status", name="Messages")).to_contain_text(re.compile("role"))
    sights.expect_leads(page, "Harvested", 1)


def test_an_invitation_makes_a_member_once(server: Server, ada: Somebody, place: Place, visitors: Visitors) -> None:
    owners = visitors.page(server, ada, f"/w/{place.slug}/settings")
    owners.context.grant_permissions(["clipboard-read", "clipboard-write"])
    address = _link_made_by(owners)
    owners.get_by_role("button", name="Copy link").click()
    expect(owners.get_by_text("Copied.")).to_be_visible()
    assert owners.evaluate("navigator.clipboard.readText()") == address
    waiting = owners.get_by_text("A link for a member")
    expect(waiting).to_contain_text(str((datetime.now() + INVITE_LIVES).year))
    page = visitors.page(server, path=address)
    expect(page.get_by_text("You were invited to Northfold as member.")).to_be_visible()
    assert address.rpartition("/")[2] not in page.url
    page.get_by_label("Your name").fill("Gita Rao")
    page.get_by_label("Your email").fill("gita@northfold.example")
    page.get_by_label("Password", exact=True).fill("short")
    page.get_by_role("button", name="Join workspace").click()
    expect(page.get_by_text("Use at least 12 characters.")).to_be_visible()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Join workspace").click()
    expect(page).to_have_url(f"{server.url}{place.board}")
    late = visitors.page(server, path=address)
    expect(late.get_by_role("heading", name="This link leads nowhere")).to_be_visible()
    owners.reload()
    expect(owners.get_by_role("button", name="Make a link")).to_be_visible()
    expect(owners.get_by_label("Link of the invitation")).to_be_hidden()


def _link_made_by(page: Page) -> str:
    page.get_by_role("button", name="Make a link").click()
    link = page.get_by_label("Link of the invitation")
    expect(link).to_be_visible()
    return link.input_value()


def test_a_link_that_cannot_be_made_is_said_where_it_was_asked_for(
    server: Server, ada: Somebody, visitors: Visitors, console: Console
) -> None:
    console.expected = ["403"]
    owen = seed.somebody(server, "Owen Falk")
    mine = seed.workspace(server, "Of Owen", [(ada, Role.OWNER), (owen, Role.ADMIN)])
    page = visitors.page(server, owen, f"/w/{mine.slug}/settings")
    expect(page.get_by_role("button", name="Make a link")).to_be_visible()
    owners = visitors.page(server, ada, f"/w/{mine.slug}/settings")
    owners.get_by_label("Role of Owen Falk").select_option("viewer")
    expect(owners.get_by_label("Role of Owen Falk")).to_have_value("viewer")
    page.get_by_role("button", name="Make a link").click()
    expect(page.get_by_role("alert").filter(has_text="role")).to_be_visible()
    expect(page.get_by_label("Link of the invitation")).to_be_hidden()


def test_everything_wrong_with_a_new_password_is_said_at_its_field(
    server: Server, place: Place, visitors: Visitors
) -> None:
    nora = seed.somebody(server, "Nora Lund")
    page = visitors.page(server, nora, "/account")
    page.get_by_label("Current password").fill("not my password")
    page.get_by_label("New password").fill("short")
    page.get_by_role("button", name="Change password").click()
    for label, said in (("Current password", "This is not your current password."), ("New password", "at least 12")):
        field = page.get_by_label(label)
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_accessible_description(re.compile(said))
    page.get_by_label("Current password").fill(PASSWORD)
    page.get_by_label("New password").fill("copper violin meadow 77")
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_text("Your password is changed.")).to_be_visible()
