"""GitHub in the demo world: the organisations of companies that publish code."""

from typing import Any

from leadboard.sandbox.services.agents import identified
from leadboard.sandbox.services.base import SLOW, Api, Asked, Reply, bearer
from leadboard.sandbox.world import Company, Repository, on

DOCUMENTATION = "https://docs.github.com/rest"


def organisation(asked: Asked) -> Any:
    """What an organisation says of itself."""
    if (company := _of(asked)) is None:
        return _missing()
    return {
        "login": company.github,
        "id": 9_000_000 + company.founded,
        "url": f"https://api.github.com/orgs/{company.github}",
        "html_url": f"https://github.com/{company.github}",
        "name": company.name,
        "company": None,
        "blog": company.website,
        "location": company.city,
        "email": company.email,
        "description": company.description,
        "twitter_username": None,
        "is_verified": True,
        "public_repos": len(asked.world.repositories(company.domain)),
        "followers": company.reviews,
        "created_at": f"{company.founded}-05-02T03:04:05Z",
        "updated_at": f"{on(9, asked.today)}T03:04:05Z",
        "type": "Organization",
    }


def repositories(asked: Asked) -> Any:
    """Its repositories, the last changed first, a page at a time; one of them is a fork."""
    if (company := _of(asked)) is None:
        return _missing()
    page, size = int(asked.query.get("page", 1)), int(asked.query.get("per_page", 30))
    found = [_repository(each, company, asked) for each in asked.world.repositories(company.domain)]
    return found[(page - 1) * size : page * size]


def rate_limit(asked: Asked) -> Any:
    """How many questions are left this hour."""
    most = 5000 if asked.headers.get("authorization") else 60
    core = {"limit": most, "remaining": most - 1, "used": 1, "reset": int(asked.now.timestamp()) + 3600}
    return {"resources": {"core": core}, "rate": core}


def _of(asked: Asked) -> Company | None:
    wanted = asked.parts["org"].lower()
    return next((each for each in asked.world.companies if each.github and each.github == wanted), None)


def _missing() -> Reply:
    return Reply(404, {"message": "Not Found", "documentation_url": DOCUMENTATION, "status": "404"})


def _repository(said: Repository, company: Company, asked: Asked) -> dict[str, Any]:
    return {
        "name": said.name,
        "full_name": f"{company.github}/{said.name}",
        "html_url": f"https://github.com/{company.github}/{said.name}",
        "description": None,
        "language": said.language,
        "stargazers_count": said.stars,
        "forks_count": said.stars // 9,
        "pushed_at": f"{on(said.days_ago, asked.today)}T08:00:00Z",
        "created_at": f"{company.founded + 1}-01-15T08:00:00Z",
        "topics": [],
        "archived": False,
        "fork": said.name == "docs",
    }


_NAMELESS = Reply(403, "Request forbidden by administrative rules. Make sure your request has a User-Agent header.")

API = Api(
    name="github",
    hosts=("api.github.com",),
    routes={
        "GET /orgs/{org}": identified(organisation, _NAMELESS),
        "GET /orgs/{org}/repos": identified(repositories, _NAMELESS),
        "GET /rate_limit": identified(rate_limit, _NAMELESS),
    },
    key=bearer,
    wrong_key=Reply(401, {"message": "Bad credentials", "documentation_url": DOCUMENTATION, "status": "401"}),
    too_many=Reply(
        403,
        {"message": "You have exceeded a secondary rate limit.", "documentation_url": DOCUMENTATION},
        SLOW,
    ),
    broken=Reply(502, {"message": "Server Error"}),
    unknown=_missing(),
)
