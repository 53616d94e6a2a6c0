"""The forms of people who are not signed in yet, over a real server."""

import asyncio
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from leadboard import log
from leadboard.actions import people, sign_in
from leadboard.domain.rights import Role
from leadboard.domain.sign_in import sentence, sentences
from leadboard.settings import Settings
from leadboard.store import db
from leadboard.store.tables import User
from tests.api.conftest import PASSWORD, Signed, Site, seen_by_app, serving
from tests.support.postgres import free_port

EMAIL = "ada@north.example"


pytestmark = pytest.mark.usefixtures("cheap_hashes")


def went(answer: httpx.Response) -> tuple[str, dict[str, str]]:
    """Where a form led: the page, and what its address says."""
    assert answer.status_code == 303
    parts = urlsplit(answer.headers["location"])
    assert not parts.netloc
    return parts.path, {name: values[0] for name, values in parse_qs(parts.query).items()}


def cookie_of(answer: httpx.Response) -> SimpleCookie:
    found: SimpleCookie = SimpleCookie()
    for header in answer.headers.get_list("set-cookie"):
        found.load(header)
    return found


async def sign_in_as(site: Site, email: str = EMAIL, password: str = PASSWORD, **more: str) -> httpx.Response:
    return await site.post("/auth/sign-in", email=email, password=password, **more)


async def set_up(site: Site, **changed: str) -> httpx.Response:
    form = {"code": site.settings.set_up_code(), "email": EMAIL, "password": PASSWORD, "workspace": "North Wind"}
    return await site.post("/auth/set-up", **{**form, **changed})


async def test_set_up_signs_in_and_is_gone(site):
    answer = await set_up(site)
    assert went(answer) == ("/w/north-wind/board", {})
    me = await sign_in.by_token(answer.cookies[site.settings.cookie_name])
    assert me is not None
    for code in (site.settings.set_up_code(), "wrong", ""):
        again = await set_up(site, code=code)
        assert (again.status_code, again.json()["code"]) == (404, "not_found")


async def test_set_up_refuses_at_the_field_and_keeps_what_was_typed_but_the_password(site):
    answer = await set_up(site, code="ABCD-EFGH-2345", name="Ada & Söhne")
    page, said = went(answer)
    assert page == "/setup"
    assert said == {
        "error": "set_up_code",
        "field": "code",
        "code": "ABCD-EFGH-2345",
        "email": EMAIL,
        "name": "Ada & Söhne",
        "workspace": "North Wind",
    }
    assert sentence(said["error"]).startswith("This is not the code")
    assert PASSWORD not in answer.headers["location"]
    assert "set-cookie" not in answer.headers
    assert went(await set_up(site, password="password1234"))[1]["error"] == "password_common"
    assert went(await set_up(site, email=""))[1]["field"] == "email"


async def test_set_up_says_everything_that_is_wrong_at_once(site):
    page, said = went(await set_up(site, email="ada", password="short", workspace="", code="nonsense"))
    assert page == "/setup"
    assert sentences(said["error"], said["field"]) == {
        field: sentence(code)
        for field, code in (
            ("workspace", "workspace_name"),
            ("email", "email"),
            ("code", "set_up_code"),
            ("password", "password_short"),
        )
    }
    assert (said["email"], said["code"]) == ("ada", "nonsense")


async def test_two_set_ups_at_once_make_one_owner(site):
    answers = await asyncio.gather(*(set_up(site, email=f"p{i}@north.example") for i in range(4)))
    assert sorted(answer.status_code for answer in answers) == [303, 404, 404, 404]


async def test_the_cookie_is_kept_from_scripts_other_sites_and_other_hosts(site, ada):
    morsel = cookie_of(await sign_in_as(site))["__Host-lb"]
    assert (morsel["secure"], morsel["httponly"], morsel["samesite"], morsel["path"]) == (True, True, "lax", "/")
    assert morsel["domain"] == ""
    assert len(morsel.value) == 43


async def test_plain_http_that_is_wanted_uses_a_cookie_browsers_keep(database, tmp_path):
    port = free_port()
    settings = Settings(
        LEADBOARD_DATA_DIR=tmp_path, LEADBOARD_PORT=port, PUBLIC_URL="http://board.lan", INSECURE_HTTP=True
    )
    async with serving(settings) as site:
        form = {"code": settings.set_up_code(), "email": EMAIL, "password": PASSWORD, "workspace": "N"}
        headers = {"origin": "http://board.lan", "host": "board.lan"}
        morsel = cookie_of(await site.ask("POST", "/auth/set-up", headers=headers, data=form))["lb"]
    assert (morsel["secure"], morsel["httponly"], morsel["samesite"]) == ("", True, "lax")


async def test_every_sign_in_has_a_new_token_and_ends_the_one_this_browser_had(site, ada):
    answer = await site.post("/auth/sign-in", ada.token, email=EMAIL, password=PASSWORD)
    assert went(answer) == ("/w/north/board", {})
    fresh = answer.cookies[site.settings.cookie_name]
    assert fresh != ada.token
    assert await sign_in.by_token(ada.token) is None
    assert await sign_in.by_token(fresh) is not None


async def test_an_unknown_address_and_a_wrong_password_are_one_answer(site, ada):
    wrong = [
        await sign_in_as(site, password="another password here"),
        await sign_in_as(site, email="nobody@north.example"),
        await sign_in_as(site, email="no address at all"),
        await sign_in_as(site, password=""),
    ]
    assert {answer.status_code for answer in wrong} == {303}
    assert {went(answer)[1]["error"] for answer in wrong} == {"wrong"}
    assert not [answer for answer in wrong if "set-cookie" in answer.headers]
    headers = [sorted(set(answer.headers) - {"date", "location", "content-length"}) for answer in wrong]
    assert headers[0] == headers[1] == headers[2] == headers[3]
    assert wrong[0].content == wrong[1].content


@pytest.mark.parametrize(
    ("wanted", "goes"),
    [
        ("/w/north/imports?step=2", "/w/north/imports"),
        ("https://evil.example/", "/w/north/board"),
        ("//evil.example/", "/w/north/board"),
        ("/\\evil.example", "/w/north/board"),
        ("/\t/evil.example", "/w/north/board"),
        ("javascript:alert(1)", "/w/north/board"),
        ("/a\r\nset-cookie: x=1", "/w/north/board"),
    ],
)
async def test_sign_in_goes_to_our_own_pages_only(site, ada, wanted, goes):
    answer = await sign_in_as(site, next=wanted)
    assert went(answer)[0] == goes
    assert len(answer.headers.get_list("set-cookie")) == 1


async def test_guesses_are_slowed_for_known_and_unknown_addresses_alike(site, ada):
    for email in (EMAIL, "nobody@north.example"):
        said = [went(await sign_in_as(site, email, "a wrong password"))[1]["error"] for _ in range(7)]
        assert said == ["wrong"] * 5 + ["throttled"] * 2
    assert went(await sign_in_as(site))[1]["error"] == "throttled"


async def test_signing_out_ends_this_session_and_forgets_the_cookie(site, ada):
    other = (await sign_in_as(site)).cookies[site.settings.cookie_name]
    answer = await site.post("/auth/sign-out", ada.token)
    assert went(answer) == ("/sign-in", {})
    assert cookie_of(answer)["__Host-lb"]["max-age"] == "0"
    assert await sign_in.by_token(ada.token) is None
    assert await sign_in.by_token(other) is not None
    assert went(await site.post("/auth/sign-out", ada.token)) == ("/sign-in", {})


async def test_signing_out_everywhere_ends_every_session(site, ada):
    other = (await sign_in_as(site)).cookies[site.settings.cookie_name]
    assert went(await site.post("/auth/sign-out-everywhere", other))[0] == "/sign-in"
    assert await sign_in.by_token(ada.token) is None
    assert await sign_in.by_token(other) is None


async def test_another_password_ends_the_other_sessions_and_keeps_this_browser(site, ada):
    other = (await sign_in_as(site)).cookies[site.settings.cookie_name]
    new = "eleven blue umbrellas"
    refused = await site.post("/auth/password", ada.token, current="not it at all", password=new)
    assert went(refused) == ("/account", {"error": "wrong_password", "field": "current"})
    weak = await site.post("/auth/password", ada.token, current=PASSWORD, password="123456789012")
    assert went(weak)[1]["field"] == "password"
    both = await site.post("/auth/password", ada.token, current="not it at all", password="short")
    assert went(both)[1] == {"error": "wrong_password,password_short", "field": "current,password"}
    done = await site.post("/auth/password", ada.token, current=PASSWORD, password=new)
    assert went(done) == ("/account", {"done": "password"})
    assert await sign_in.by_token(done.cookies[site.settings.cookie_name]) is not None
    assert [await sign_in.by_token(token) for token in (ada.token, other)] == [None, None]
    assert went(await sign_in_as(site))[1]["error"] == "wrong"
    assert went(await sign_in_as(site, password=new))[0] == "/w/north/board"


@pytest.mark.parametrize("path", ["/auth/password", "/auth/sign-out-everywhere"])
async def test_nobody_is_sent_to_sign_in(site, path):
    assert went(await site.post(path)) == ("/sign-in", {"error": "signed_out"})
    assert went(await site.post(path, "x" * 43)) == ("/sign-in", {"error": "signed_out"})


async def invited(site: Site, ada: Signed, role: Role = Role.MEMBER) -> str:
    """The path of a new invitation's link, made as the settings page does."""
    answer = await site.post("/auth/invite/north", ada.token, role=role)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    link = urlsplit(answer.json()["link"])
    assert f"{link.scheme}://{link.netloc}" == site.origin
    return link.path


async def opened(site: Site, path: str) -> tuple[dict[str, str], dict[str, str]]:
    """Follows a link: the hidden fields of the form it leads to, and the header with what the browser keeps."""
    answer = await site.ask("GET", path)
    page, said = went(answer)
    assert (page, set(said)) == ("/join/north", {"invitation"})
    morsel = cookie_of(answer)["__Host-lb-invitation"]
    assert (morsel["secure"], morsel["httponly"], morsel["samesite"], morsel["path"]) == (True, True, "lax", "/")
    assert answer.headers["cache-control"] == "no-store"
    return {"workspace": "north", **said}, {"cookie": f"{morsel.key}={morsel.value}"}


async def test_an_invitation_is_accepted_by_form_once(site, ada):
    link = await invited(site, ada)
    hidden, kept = await opened(site, link)
    form = {**hidden, "email": "bo@north.example", "name": "Bo"}

    async def accept(**typed: str) -> httpx.Response:
        return await site.ask("POST", "/auth/accept-invite", headers=kept, data={**form, **typed})

    weak = await accept(password="short")
    assert went(weak) == (
        "/join/north",
        {
            "error": "password_short",
            "field": "password",
            "invitation": hidden["invitation"],
            "email": "bo@north.example",
            "name": "Bo",
        },
    )
    joined = await accept(password="nine yellow kettles")
    assert went(joined)[0] == "/w/north/board"
    assert cookie_of(joined)["__Host-lb-invitation"]["max-age"] == "0"
    assert await sign_in.by_token(joined.cookies[site.settings.cookie_name]) is not None
    late = await accept(email="cy@north.example", password=PASSWORD)
    assert went(late)[1]["error"] == "invitation"
    again = await site.ask("GET", link)
    assert went(again) == ("/join/north", {"error": "invitation"})
    assert "set-cookie" not in again.headers


async def test_the_secret_of_an_invitation_goes_to_no_address_and_to_nothing_behind_the_gate(site, ada):
    link = await invited(site, ada)
    token = link.rpartition("/")[2]
    answer = await site.ask("GET", link)
    assert token not in answer.headers["location"]
    _, kept = await opened(site, link)
    refused = await site.ask("POST", "/auth/accept-invite", headers=kept, data={"workspace": "north", "email": "x"})
    assert token not in refused.headers["location"]
    behind = await site.ask("GET", "/join/north", headers=kept)
    assert behind.json()["path"] == "/join/north"
    assert token not in behind.text
    async with site.open(headers=kept) as socket:
        assert token not in str(await seen_by_app(socket))


async def test_the_id_of_an_invitation_without_its_link_lets_nobody_in(site, ada):
    hidden, _ = await opened(site, await invited(site, ada))
    for more in ({}, {"token": hidden["invitation"]}):
        form = {**hidden, **more, "email": "bo@north.example", "password": PASSWORD}
        answer = await site.post("/auth/accept-invite", **form)
        assert went(answer)[1]["error"] == "invitation_lost"
    forged = {"cookie": f"__Host-lb-invitation={hidden['invitation']}"}
    answer = await site.ask("POST", "/auth/accept-invite", headers=forged, data=form)
    assert went(answer)[1]["error"] == "invitation"


async def test_only_who_may_invite_gets_a_link(site, ada, other_person):
    answer = await site.post("/auth/invite/north", other_person, role="member")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert went(await site.post("/auth/invite/north", role="member")) == ("/sign-in", {"error": "signed_out"})
    foreign = await site.ask(
        "POST", "/auth/invite/north", ada.token, headers={"origin": "https://evil.example"}, data={"role": "owner"}
    )
    assert foreign.status_code == 403
    wrong = await site.post("/auth/invite/north", ada.token, role="emperor")
    assert (wrong.status_code, wrong.json()["field"]) == (422, "role")
    assert await people.invites(await sign_in.by_token(ada.token), "north") == []


async def test_who_is_signed_in_joins_without_typing(site, ada, other_person):
    hidden, kept = await opened(site, await invited(site, ada))
    both = {"cookie": f"{kept['cookie']}; {site.settings.cookie_name}={other_person}"}
    answer = await site.ask("POST", "/auth/accept-invite", headers=both, data=hidden)
    assert went(answer)[0] == "/w/north/board"
    assert len(await people.members(await sign_in.by_token(ada.token), "north")) == 2


@pytest.fixture
async def other_person(site: Site) -> str:
    async with db.begin() as tx:
        user = User(email="eve@south.example", name="Eve", password_hash="x")
        tx.add(user)
        await tx.flush()
        opened, _ = await sign_in.open_session(tx, user, sign_in.Caller())
    return opened.token


async def test_a_link_that_is_no_path_stays_one(site, ada):
    answer = await site.post("/auth/accept-invite", workspace="../../evil?c#d", email="x")
    assert went(answer)[0] == "/join/..%2F..%2Fevil%3Fc%23d"


async def test_a_fault_shows_only_its_id_and_logs_no_cookie_and_no_password(site, ada, database, capsys):
    log.configure("ERROR")
    db.use(None)
    answer = await site.post("/auth/password", ada.token, current=PASSWORD, password="eleven blue umbrellas")
    db.use(database)
    assert (answer.status_code, answer.json()["code"]) == (500, "fault")
    assert "RuntimeError" not in answer.text
    told = capsys.readouterr().err
    fault_id = answer.json()["detail"].split()[-1].rstrip(".")
    assert fault_id in told
    assert "RuntimeError" in told
    assert not [secret for secret in (ada.token, PASSWORD, "umbrellas") if secret in told]
