"""Where keys of outside services are posted to: a native form, then 303 to the page. No key goes any other way."""

from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse

from leadboard.actions import providers
from leadboard.api.auth import SEE_OTHER
from leadboard.api.who import From, Me
from leadboard.errors import Refused

Typed = Annotated[str, Form()]
FORBIDDEN, NOT_FOUND = 403, 404

routes = APIRouter(prefix="/auth/providers")


@routes.post("/{slug}/{name}/key")
async def put_key(caller: From, me: Me, slug: str, name: str, key: Typed = "", current: Typed = "") -> RedirectResponse:
    """Keep the key of a service."""
    try:
        await providers.put_key(me, slug, name, key, current, caller)
    except Refused as refused:
        return _back(slug, name, refused)
    return _to(slug, service=name, done="key")


@routes.post("/{slug}/{name}/remove-key")
async def remove_key(caller: From, me: Me, slug: str, name: str, current: Typed = "") -> RedirectResponse:
    """Forget the key of a service."""
    try:
        await providers.remove_key(me, slug, name, current, caller)
    except Refused as refused:
        return _back(slug, name, refused)
    return _to(slug, service=name, done="removed")


def _back(slug: str, name: str, refused: Refused) -> RedirectResponse:
    """To the form with why; whoever has no form here is told at once."""
    if refused.status in (FORBIDDEN, NOT_FOUND):
        raise refused
    return _to(slug, service=name, error=refused.code, field=refused.field)


def _to(slug: str, **said: str) -> RedirectResponse:
    query = urlencode({name: word for name, word in said.items() if word})
    return RedirectResponse(f"/w/{quote(slug, safe='')}/providers?{query}", SEE_OTHER)
