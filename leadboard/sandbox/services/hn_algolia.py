"""Hacker News in the demo world: what was written about its companies, by words, newest first."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import Any

from leadboard.domain.words import mentions
from leadboard.sandbox.services.base import SLOW, Api, Asked, Reply
from leadboard.sandbox.world import Company, Mention, on

_TAGS = re.compile(r"\(([^()]*)\)|([^,()]+)")


def search_by_date(asked: Asked) -> Any:
    """A page of stories and comments that hold the words, the newest first."""
    if "points" in asked.query.get("numericFilters", ""):
        message = "invalid numeric attribute(points), attribute not specified in numericAttributesForFiltering setting"
        return Reply(400, {"code": 400, "message": message})
    query, size = asked.query.get("query", ""), int(asked.query.get("hitsPerPage", 20))
    page = int(asked.query.get("page", 0))
    found = sorted(_found(asked, query.strip('"')), key=lambda hit: -hit["created_at_i"])
    return {
        "hits": found[page * size : (page + 1) * size],
        "nbHits": len(found),
        "page": page,
        "nbPages": -(-len(found) // size),
        "hitsPerPage": size,
        "exhaustiveNbHits": True,
        "query": query,
        "params": "",
        "processingTimeMS": 2,
    }


def _found(asked: Asked, words: str) -> Iterator[dict[str, Any]]:
    for company in asked.world.companies:
        for mention in asked.world.mentions(company.domain):
            hit = _hit(mention, company, datetime.combine(on(mention.days_ago, asked.today), time(10), UTC))
            said = " ".join(str(hit[name]) for name in ("title", "url", "comment_text", "story_text") if hit.get(name))
            if (not words or mentions(said, words)) and _is_tagged(hit["_tags"], asked.query.get("tags", "")):
                yield hit


def _is_tagged(tags: list[str], wanted: str) -> bool:
    """Whether all of these tags are there, or of those in brackets any: "story,(author_a,author_b)"."""
    alternatives = ((each or one).split(",") for each, one in _TAGS.findall(wanted))
    return all(any(tag in tags for tag in each) for each in alternatives)


def _hit(said: Mention, company: Company, at: datetime) -> dict[str, Any]:
    story = said.kind != "comment"
    author = company.domain.partition(".")[0].replace("-", "")[:12]
    hit: dict[str, Any] = {
        "objectID": str(said.id),
        "title": said.title if story else None,
        "url": company.website if story else None,
        "author": author,
        "points": said.id % 190 if story else None,
        "num_comments": said.id % 40 if story else None,
        "created_at": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "created_at_i": int(at.timestamp()),
        "story_text": None,
        "_tags": [said.kind, f"author_{author}", f"story_{said.id}"],
        "_highlightResult": {},
    }
    if story:
        return hit
    return hit | {
        "comment_text": said.text,
        "story_id": said.id - 500,
        "story_title": said.title,
        "story_url": None,
        "parent_id": said.id - 500,
    }


API = Api(
    name="hn_algolia",
    hosts=("hn.algolia.com",),
    routes={"GET /api/v1/search_by_date": search_by_date},
    too_many=Reply(429, {"message": "Too many requests"}, SLOW),
)
