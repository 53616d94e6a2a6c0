"""Where the forms of set-up, sign-in and account are posted to: a native form, then 303 to a page.

What was typed comes back in the page's address when it is refused, but never a password. Passwords and the links of
invitations travel nowhere else: an event of the page would keep them in the framework's state.
"""

from typing import Annotated, Literal, TypedDict
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse

from leadboard.actions import people, sign_in
from leadboard.actions.people import NewPerson
from leadboard.actions.sign_in import SignedIn
from leadboard.api.who import From, Invited, MaybeMe, Me
from leadboard.domain import sign_in as words
from leadboard.domain.rights import Principal
from leadboard.errors import NotFound, Refused, Several
from leadboard.settings import Settings

Typed = Annotated[str, Form()]
SEE_OTHER = 303


class CookieRules(TypedDict):
    """What every cookie of ours is: out of reach of scripts, and of other sites' forms."""

    path: str
    secure: bool
    httponly: bool
    samesite: Literal["lax"]


def auth_routes(settings: Settings) -> APIRouter:
    """The routes; `settings` say how the cookie is called and what the set-up code is."""
    routes = APIRouter()
    cookie_rules = CookieRules(path="/", secure=not settings.insecure_http, httponly=True, samesite="lax")

    def with_cookie(opened: SignedIn, to: str) -> RedirectResponse:
        answer = RedirectResponse(to, SEE_OTHER)
        answer.set_cookie(
            settings.cookie_name, opened.token, max_age=int(words.LONGEST.total_seconds()), **cookie_rules
        )
        return answer

    def without_cookie() -> RedirectResponse:
        answer = RedirectResponse("/sign-in", SEE_OTHER)
        answer.delete_cookie(settings.cookie_name, **cookie_rules)
        return answer

    @routes.post("/auth/set-up")
    async def set_up(
        caller: From,
        code: Typed = "",
        email: Typed = "",
        name: Typed = "",
        password: Typed = "",
        workspace: Typed = "",
    ) -> RedirectResponse:
        """Make the first owner; 404 once there is one."""
        try:
            owner = NewPerson(email, password, name)
            opened, slug = await people.set_up(code, settings.set_up_code(), owner, workspace, caller)
        except NotFound:
            raise
        except Refused as refused:
            return back("/setup", refused, code=code, email=email, name=name, workspace=workspace)
        return with_cookie(opened, f"/w/{slug}/board")

    @routes.post("/auth/sign-in")
    async def post_sign_in(caller: From, email: Typed = "", password: Typed = "", next: Typed = "") -> RedirectResponse:
        """Open a session and go where the person wanted to."""
        try:
            opened = await sign_in.sign_in(email, password, caller)
        except Refused as refused:
            return back("/sign-in", refused, email=email, next=words.own_path(next))
        return with_cookie(opened, words.own_path(next) or await home(opened.me))

    @routes.post("/auth/sign-out")
    async def sign_out(me: MaybeMe) -> RedirectResponse:
        """End this session."""
        if me:
            await sign_in.sign_out(me)
        return without_cookie()

    @routes.post("/auth/sign-out-everywhere")
    async def sign_out_everywhere(me: Me) -> RedirectResponse:
        """End every session of this person."""
        await sign_in.sign_out_everywhere(me)
        return without_cookie()

    @routes.post("/auth/password")
    async def password(caller: From, me: Me, current: Typed = "", password: Typed = "") -> RedirectResponse:
        """Set another password; only this browser stays signed in."""
        try:
            opened = await sign_in.change_password(me, current, password, caller)
        except Refused as refused:
            return back("/account", refused)
        return with_cookie(opened, "/account?done=password")

    @routes.post("/auth/invite/{workspace}")
    async def invite(request: Request, me: Me, workspace: str, role: Typed = "") -> dict[str, str]:
        """Make an invitation; the answer is the only place where its link ever stands."""
        return {"link": request.headers["origin"] + await people.invite(me, workspace, role)}

    @routes.get("/join/{workspace}/{token}")
    async def open_invitation(workspace: str, token: str) -> RedirectResponse:
        """Where the link of an invitation leads: its secret goes into a cookie, and only its id on to the page."""
        page = f"/join/{quote(workspace, safe='')}"
        try:
            found = await people.invitation_behind(workspace, token)
        except Refused as refused:
            return back(page, refused)
        answer = RedirectResponse(f"{page}?invitation={found}", SEE_OTHER)
        answer.set_cookie(
            settings.invitation_cookie, token, max_age=int(words.INVITE_KNOWN.total_seconds()), **cookie_rules
        )
        return answer

    @routes.post("/auth/accept-invite")
    async def accept_invite(
        caller: From,
        me: MaybeMe,
        token: Invited,
        workspace: Typed = "",
        invitation: Typed = "",
        email: Typed = "",
        name: Typed = "",
        password: Typed = "",
    ) -> RedirectResponse:
        """Join a workspace by the link opened before, as who is signed in or as somebody new."""
        slug = quote(workspace, safe="")
        board = f"/w/{slug}/board"
        try:
            if not token:
                raise words.refusal("invitation_lost")
            if me:
                await people.accept_as(me, workspace, token, caller.ip)
                answer = RedirectResponse(board, SEE_OTHER)
            else:
                opened = await people.accept_new(workspace, token, NewPerson(email, password, name), caller)
                answer = with_cookie(opened, board)
        except Refused as refused:
            return back(f"/join/{slug}", refused, invitation=invitation, email=email, name=name)
        answer.delete_cookie(settings.invitation_cookie, **cookie_rules)
        return answer

    return routes


def back(page: str, refused: Refused, **kept: str) -> RedirectResponse:
    """Back to the form, with why and with what was typed; `error` and `field` hold a word for each refused input."""
    each = refused.each if isinstance(refused, Several) else (refused,)
    said = {"error": ",".join(one.code for one in each), "field": ",".join(one.field for one in each), **kept}
    return RedirectResponse(f"{page}?{urlencode({name: text[:500] for name, text in said.items() if text})}", SEE_OTHER)


async def home(me: Principal) -> str:
    """Where somebody starts: the board of their first workspace."""
    places = await people.workspaces(me)
    return f"/w/{places[0].slug}/board" if places else "/"
