"""The outer wall of the pages: every event handler says what it needs, and one without a word is never run.

Any client may call any public handler with any arguments, so the wall stands in front of the event, not on the page.
The real check is in `actions`.
"""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit
from uuid import UUID

import reflex as rx
from reflex.event import Event
from reflex.middleware.middleware import Middleware
from reflex.state import BaseState, StateUpdate
from reflex_base.registry import RegistrationContext

from leadboard.actions import access
from leadboard.domain.rights import Principal, Right
from leadboard.errors import NotFound, Refused

F = TypeVar("F", bound=Callable[..., Any])

MARK = "_leadboard_needs"
PUBLIC = "public"
SIGNED_IN = "signed in"

FRAMEWORK = frozenset(
    {
        "reflex___state____state.hydrate_and_load",
        "reflex___state____state.reflex___state____on_load_internal_state.on_load_internal",
        "reflex___state____state.reflex___state____on_load_internal_state.set_is_hydrated",
        "reflex___state____state.reflex___state____update_vars_internal_state.update_vars_internal",
        "reflex___state____state.reflex___state____frontend_event_exception_state.handle_frontend_exception",
    }
)
"""The handlers of Reflex itself that pages need; `setvar` and everything else of its own stays shut."""


class SignedOut(Exception):
    """Nobody is signed in, or no longer: the page goes to sign-in."""


def public(handler: F) -> F:
    """Anybody may call it."""
    setattr(handler, MARK, PUBLIC)
    return handler


def signed_in(handler: F) -> F:
    """Anybody with a session may call it."""
    setattr(handler, MARK, SIGNED_IN)
    return handler


def needs(right: Right) -> Callable[[F], F]:
    """Members of the workspace in the address whose role has this right may call it."""

    def mark(handler: F) -> F:
        setattr(handler, MARK, right)
        return handler

    return mark


def mark_of(event_name: str) -> str | None:
    """What a handler needs: a right, "signed in", "public", or None when it says nothing."""
    registered = RegistrationContext.get().event_handlers.get(event_name)
    return getattr(registered.handler.fn, MARK, None) if registered else None


PrincipalOf = Callable[[str], Awaitable[Principal | None]]

_principal_of: PrincipalOf | None = None


def use(principal_of: PrincipalOf) -> None:
    """How a session id becomes a person (composition root and tests)."""
    global _principal_of
    _principal_of = principal_of


async def who(state: BaseState) -> Principal:
    """The person behind an event, read now from the gate's session; `SignedOut` when there is none."""
    assert _principal_of is not None
    session = _session_id(state)
    me = await _principal_of(session) if session else None
    if me is None:
        raise SignedOut
    return me


def _session_id(state: BaseState) -> str:
    """The session the gate wrote into the handshake: the only cookie that Reflex ever sees."""
    name, _, value = state.router.headers.cookie.partition("=")
    return value if name == "session" else ""


def slug_of(state: BaseState) -> str:
    """The workspace in the address. It is what the client says; membership is checked wherever it is used."""
    parts = urlsplit(str(state.router.url)).path.split("/")
    return parts[2] if len(parts) > 2 and parts[1] == "w" else ""


def id_in(text: object, noun: str = "lead") -> UUID:
    """An id from the browser, parsed; malformed is the same as missing."""
    try:
        return UUID(str(text))
    except ValueError:
        raise NotFound(noun) from None


class Guard(Middleware):
    """Denies every event whose handler says nothing, and checks the rest before its handler runs."""

    async def preprocess(self, app: rx.App, state: BaseState, event: Event) -> StateUpdate | None:
        """None lets the event go on; a refusal is raised to the app's error handler."""
        if event.name in FRAMEWORK:
            return None
        mark = mark_of(event.name)
        if mark is None:
            raise Refused("This cannot be called.", code="denied", status=403)
        if mark == PUBLIC:
            return None
        me = await who(state)
        if mark != SIGNED_IN:
            await access.place(me, slug_of(state), Right(mark))
        return None
