"""Who is asking one of our routes: by the cookie that the gate took out of the request, and nothing else."""

from typing import Annotated

from fastapi import Depends, Request

from leadboard.actions import sign_in
from leadboard.actions.sign_in import Caller
from leadboard.api.gate import INVITATION, TOKEN
from leadboard.domain.rights import Principal
from leadboard.domain.sign_in import refusal


def caller(request: Request) -> Caller:
    """Where the request comes from."""
    ip = request.client.host if request.client else ""
    return Caller(ip, request.headers.get("user-agent", ""), request.scope.get(TOKEN, ""))


def invitation(request: Request) -> str:
    """The secret of the invitation that this browser opened last, "" for none."""
    return request.scope.get(INVITATION, "")


async def maybe_signed_in(request: Request) -> Principal | None:
    """Who is signed in, None for nobody."""
    token = request.scope.get(TOKEN, "")
    return await sign_in.by_token(token) if token else None


async def signed_in(me: Annotated[Principal | None, Depends(maybe_signed_in)]) -> Principal:
    """Who is signed in; refused with 401 when nobody is."""
    if me is None:
        raise refusal("signed_out")
    return me


From = Annotated[Caller, Depends(caller)]
Invited = Annotated[str, Depends(invitation)]
Me = Annotated[Principal, Depends(signed_in)]
MaybeMe = Annotated[Principal | None, Depends(maybe_signed_in)]
