"""Files of imports: the way in for a list, and the way out for the rows that failed."""

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, StreamingResponse

from leadboard.actions import imports
from leadboard.api.uploads import receive
from leadboard.api.who import MaybeMe, Me
from leadboard.errors import NotFound, Refused
from leadboard.settings import Settings

SEE_OTHER = 303


def import_routes(settings: Settings) -> APIRouter:
    """The routes; files are kept in the data folder, never served from there."""
    routes = APIRouter(prefix="/imports")
    folder = settings.uploads

    @routes.post("/{slug}")
    async def upload(request: Request, slug: str, me: MaybeMe) -> RedirectResponse:
        """Take a file (multipart, part `file`) and go to the page that shows how it was read."""
        if me is None:
            return RedirectResponse(f"/sign-in?{urlencode({'next': f'/w/{slug}/import'})}", SEE_OTHER)
        try:
            await imports.check_upload(me, slug)
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            received = await receive(request.headers.get("content-type", ""), request.stream(), folder)
            job = await imports.register(me, slug, received)
        except NotFound:
            raise
        except Refused as refused:
            return RedirectResponse(f"/w/{slug}/import?{urlencode({'error': refused.code})}", SEE_OTHER)
        return RedirectResponse(f"/w/{slug}/import/{job}", SEE_OTHER)

    @routes.get("/{slug}/{job}/failed.csv")
    async def failed(slug: str, job: str, me: Me) -> StreamingResponse:
        """The rows that failed, as a file to fix and import again."""
        pieces = await imports.failed_csv(me, slug, job)
        named = {"Content-Disposition": 'attachment; filename="failed rows.csv"'}
        return StreamingResponse(pieces, media_type="text/csv; charset=utf-8", headers=named)

    return routes
