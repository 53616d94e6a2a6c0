"""The HTTP application that stands before the pages: sign-in forms, health, and what others add to it."""

from collections.abc import Iterable

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response

from leadboard.api import health, providers
from leadboard.api.auth import SEE_OTHER, auth_routes
from leadboard.api.problems import problem
from leadboard.errors import NotFound, Refused
from leadboard.log import fault
from leadboard.settings import Settings


def build_api(settings: Settings, routers: Iterable[APIRouter] = ()) -> FastAPI:
    """The application; `routers` are the routes of other modules. Stands behind the gate, never alone."""
    api = FastAPI(title="leadboard", docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    api.include_router(auth_routes(settings))
    api.include_router(providers.routes)
    api.include_router(health.routes)
    for router in routers:
        api.include_router(router)
    api.add_api_route("/api/{path:path}", _no_such_route, methods=[*_METHODS], include_in_schema=False)
    api.add_api_route("/auth/{path:path}", _no_such_route, methods=[*_METHODS], include_in_schema=False)
    api.add_exception_handler(Refused, _refused)
    api.add_exception_handler(RequestValidationError, _invalid)
    api.add_exception_handler(Exception, _faulty)
    return api


_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


async def _no_such_route() -> None:
    raise NotFound("address")


async def _refused(request: Request, error: Exception) -> Response:
    """A form that nobody is signed in for goes to sign-in; everything else is said as a problem."""
    assert isinstance(error, Refused)
    if error.code == "signed_out" and request.url.path.startswith("/auth/"):
        return RedirectResponse("/sign-in?error=signed_out", SEE_OTHER)
    return problem(error)


async def _invalid(request: Request, error: Exception) -> Response:
    """Which field was not understood; never what was in it."""
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0] if error.errors() else {"loc": ("request",), "msg": "is not understood"}
    field = str(first["loc"][-1])
    return problem(Refused(f"{field}: {first['msg']}.", field=field, code="invalid"))


async def _faulty(request: Request, error: Exception) -> Response:
    code = fault(error, path=request.url.path)
    return problem(Refused(f"This did not work. If it happens again, quote the code {code}.", code="fault", status=500))
