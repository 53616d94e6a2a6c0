"""The outer wall of the pages: every event handler says what it needs, and one without a word is never run.

Any client may call any public handler with any arguments, so the wall stands in front of the event, not on the page.
The real check is in `actions`.
"""

import inspect
import re
from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from typing import Any, TypeVar, get_type_hints
from urllib.parse import urlsplit
from uuid import UUID

import reflex as rx
from reflex.event import Event
from reflex.middleware.middleware import Middleware
from reflex.state import BaseState, StateUpdate
from reflex_base.event.context import EventContext
from reflex_base.registry import RegistrationContext
from reflex_base.utils.form import form_data_as_dict

from leadboard.actions import access
from leadboard.domain.rights import Principal, Right
from leadboard.errors import NotFound, Refused

F = TypeVar("F", bound=Callable[..., Any])

MARK = "_leadboard_needs"
UNSTORABLE = re.compile(r"[\0\ud800-\udfff]")
"""Halves of characters, and NUL: JSON carries them, no database keeps them."""

LARGEST = 2**53 - 1

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
    return getattr(_function_of(event_name), MARK, None)


def _function_of(event_name: str) -> Callable[..., Any] | None:
    registered = RegistrationContext.get().event_handlers.get(event_name)
    return registered.handler.fn if registered else None


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


def tab_now() -> str:
    """The tab whose event is being handled, by the name the gate gave it; "" outside of an event."""
    try:
        return EventContext.get().token
    except LookupError:
        return ""


def path_of(state: BaseState) -> list[str]:
    """The parts of the address, as the client says it; none when it holds what no address can."""
    path = urlsplit(str(state.router.url)).path
    return [] if UNSTORABLE.search(path) else path.strip("/").split("/")


def slug_of(state: BaseState) -> str:
    """The workspace in the address. It is what the client says; membership is checked wherever it is used."""
    parts = path_of(state)
    return parts[1] if len(parts) > 1 and parts[0] == "w" else ""


def id_in(text: object, noun: str = "lead") -> UUID:
    """An id from the browser, parsed; malformed is the same as missing."""
    try:
        return UUID(str(text))
    except ValueError:
        raise NotFound(noun) from None


def check_arguments(handler: Callable[..., Any], payload: Mapping[str, Any]) -> None:
    """Refuse arguments that are not what the handler names and declares: Reflex passes on whatever a client sends.

    A handler may declare `str`, `bool`, `int` and, for a form, `dict[str, str]`. Text that no database can keep (half
    characters, NUL) and numbers that no browser can count to do not pass either.
    """
    declared, needed = _parameters(handler)
    if not needed <= payload.keys() <= declared.keys() or not all(
        _fits(value, declared[name]) for name, value in payload.items()
    ):
        raise Refused("This page sent something unreadable. Reload it and try again.", code="malformed", status=400)


@cache
def _parameters(handler: Callable[..., Any]) -> tuple[Mapping[str, Any], frozenset[str]]:
    """The declared types of a handler's arguments, and which of them it cannot do without."""
    _, *parameters = inspect.signature(handler).parameters.values()
    hints = get_type_hints(handler)
    needed = frozenset(each.name for each in parameters if each.default is each.empty)
    return {each.name: hints[each.name] for each in parameters}, needed


def _fits(value: Any, kind: Any) -> bool:
    if kind is str:
        return isinstance(value, str) and UNSTORABLE.search(value) is None
    if kind is int:
        return type(value) is int and abs(value) <= LARGEST
    if kind is bool:
        return isinstance(value, bool)
    try:
        fields = form_data_as_dict(value)
    except (TypeError, ValueError):
        return False
    return isinstance(fields, dict) and all(_fits(part, str) for field in fields.items() for part in field)


class Guard(Middleware):
    """Denies every event whose handler says nothing, and checks the rest before its handler runs."""

    async def preprocess(self, app: rx.App, state: BaseState, event: Event) -> StateUpdate | None:
        """None lets the event go on; a refusal is raised to the app's error handler."""
        if event.name in FRAMEWORK:
            return None
        handler, mark = _function_of(event.name), mark_of(event.name)
        if handler is None or mark is None:
            raise Refused("This cannot be called.", code="denied", status=403)
        check_arguments(handler, event.payload)
        if mark == PUBLIC:
            return None
        me = await who(state)
        if mark != SIGNED_IN:
            await access.place(me, slug_of(state), Right(mark))
        return None
