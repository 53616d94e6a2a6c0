"""Refusals as an API says them: `application/problem+json` (RFC 9457)."""

from collections.abc import Mapping
from http import HTTPStatus

from fastapi.responses import JSONResponse

from leadboard.errors import Refused


def problem(refused: Refused, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The answer that carries a refusal's sentence, code and field."""
    content = {
        "type": "about:blank",
        "title": HTTPStatus(refused.status).phrase,
        "status": refused.status,
        "detail": refused.sentence,
        "code": refused.code,
    }
    if refused.field:
        content["field"] = refused.field
    return JSONResponse(content, refused.status, headers, media_type="application/problem+json")
