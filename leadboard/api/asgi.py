"""What the gate's parts need of ASGI: types, single headers, small answers, who is calling."""

from collections.abc import Awaitable, Callable, MutableMapping
from ipaddress import ip_address, ip_network
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


def header(scope: Scope, name: bytes) -> str | None:
    """The header's value; None when it is missing or sent more than once."""
    found = [value for key, value in scope["headers"] if key.lower() == name]
    return found[0].decode("latin-1") if len(found) == 1 else None


def cookie(scope: Scope, name: str) -> str:
    """The first cookie of this name, "" for none."""
    for key, value in scope["headers"]:
        if key.lower() == b"cookie":
            for pair in value.decode("latin-1").split(";"):
                found, _, content = pair.strip().partition("=")
                if found == name:
                    return content.strip('"')
    return ""


def client_ip(scope: Scope, hops: int) -> str:
    """The visitor's address behind `hops` proxies of ours, which each add to X-Forwarded-For; others are not read."""
    peer = scope["client"][0] if scope.get("client") else ""
    if hops == 0:
        return peer
    lines = [value.decode("latin-1") for key, value in scope["headers"] if key.lower() == b"x-forwarded-for"]
    chain = [entry.strip() for line in lines for entry in line.split(",") if entry.strip()]
    if len(chain) < hops:
        return peer
    try:
        return str(ip_address(chain[-hops]))
    except ValueError:
        return peer


def visitor(ip: str) -> str:
    """What counts as one visitor: an IPv4 address, or the /64 that one IPv6 customer has."""
    try:
        address = ip_address(ip)
    except ValueError:
        return ip
    if address.version == 6 and address.ipv4_mapped is None:
        return str(ip_network((address, 64), strict=False))
    return str(getattr(address, "ipv4_mapped", None) or address)


async def answer(send: Send, status: int, sentence: str) -> None:
    """A whole small answer in plain text."""
    body = sentence.encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def answer_websocket(scope: Scope, receive: Receive, send: Send, status: int, sentence: str) -> None:
    """Refuse a websocket before it is accepted, with a status where the server can say one."""
    await receive()
    if "websocket.http.response" not in (scope.get("extensions") or {}):
        await send({"type": "websocket.close", "code": 1008})
        return
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "websocket.http.response.start", "status": status, "headers": headers})
    await send({"type": "websocket.http.response.body", "body": sentence.encode()})
