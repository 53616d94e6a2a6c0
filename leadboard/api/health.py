"""Whether this process answers, reaches its database, and whether anybody does background work."""

from datetime import timedelta

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError

from leadboard.log import fault
from leadboard.store import db, executors

SILENT_AFTER = timedelta(seconds=30)

routes = APIRouter(prefix="/health")


@routes.get("/live")
async def live() -> dict[str, str]:
    """This process answers."""
    return {"live": "ok"}


@routes.get("")
async def health() -> JSONResponse:
    """`live`, `db` and `worker`, each "ok" or what is wrong; 503 while the database cannot be reached."""
    try:
        async with db.read() as tx:
            seen = (await executors.known(tx)).values()
    except (SQLAlchemyError, OSError) as error:
        fault(error, during="health")
        return JSONResponse({"live": "ok", "db": "unreachable", "worker": "unknown"}, 503)
    working = any(tx.now - at < SILENT_AFTER for at in seen)
    return JSONResponse({"live": "ok", "db": "ok", "worker": "ok" if working else "silent"})
