"""Greenhouse, Lever and Ashby in the demo world: the open roles of the companies that have a board there."""

from datetime import UTC, datetime, time
from html import escape
from typing import Any

from leadboard.sandbox.services.base import Api, Asked, Reply
from leadboard.sandbox.world import ENDING, Company, Job, on

LEVER = ("api.lever.co", "api.eu.lever.co")
_EUROPE = ("DE", "FR")


def greenhouse(asked: Asked) -> Any:
    """The jobs of a board; their texts only with `content=true`, as HTML that is escaped once more."""
    if (company := _board(asked, "greenhouse")) is None:
        return Reply(404, {"status": 404, "error": "Job not found"})
    whole = asked.query.get("content") == "true"
    jobs = [_greenhouse(job, company, _moment(job, asked), whole) for job in asked.world.jobs(company.domain)]
    return {"jobs": jobs, "meta": {"total": len(jobs)}}


def lever(asked: Asked) -> Any:
    """The postings of a site, as a bare list; each site is on one of two servers."""
    company = _board(asked, "lever")
    if company is None or asked.host != LEVER[company.country in _EUROPE]:
        return Reply(404, {"ok": False, "error": "Document not found"})
    skip, limit = int(asked.query.get("skip", 0)), int(asked.query.get("limit", 100))
    postings = [_lever(job, company, _moment(job, asked)) for job in asked.world.jobs(company.domain)]
    return postings[skip : skip + limit]


def ashby(asked: Asked) -> Any:
    """The jobs of a board; one that is not listed is among them."""
    if (company := _board(asked, "ashby")) is None:
        return Reply(404, "Not Found")
    return {
        "apiVersion": "1",
        "jobs": [_ashby(j, company, _moment(j, asked)) for j in asked.world.jobs(company.domain)],
    }


def _board(asked: Asked, kind: str) -> Company | None:
    """The company whose board of this kind has the token: the first label of its domain."""
    company = asked.world.company(domain=f"{asked.parts['token']}.{ENDING}")
    return company if company and company.board == kind else None


def _token(company: Company) -> str:
    return company.domain.partition(".")[0]


def _moment(job: Job, asked: Asked) -> datetime:
    return datetime.combine(on(job.days_ago, asked.today), time(9), UTC)


def _words(job: Job, company: Company) -> str:
    return f"{company.description} We are looking for a {job.title} in {job.city}. Read more at {company.website}."


def _greenhouse(job: Job, company: Company, at: datetime, whole: bool) -> dict[str, Any]:
    said: dict[str, Any] = {
        "id": job.id,
        "internal_job_id": job.id + 1,
        "title": job.title,
        "updated_at": at.isoformat(),
        "first_published": at.isoformat(),
        "requisition_id": f"R-{job.id % 1000}",
        "location": {"name": f"{job.city}, {company.country}"},
        "absolute_url": f"https://boards.greenhouse.io/{_token(company)}/jobs/{job.id}",
        "language": "en",
        "metadata": None,
        "company_name": company.name,
    }
    if whole:
        said["content"] = escape(f"<p>{escape(_words(job, company))}</p>")
        said["departments"] = [{"id": job.id % 97, "name": job.department, "parent_id": None, "child_ids": []}]
        said["offices"] = [{"id": job.id % 89, "name": job.city, "location": job.city}]
    return said


def _lever(job: Job, company: Company, at: datetime) -> dict[str, Any]:
    page = f"https://jobs.lever.co/{_token(company)}/{job.id:08x}"
    return {
        "id": f"{job.id:08x}",
        "text": job.title,
        "createdAt": int(at.timestamp() * 1000),
        "country": company.country,
        "workplaceType": "on-site",
        "categories": {
            "location": job.city,
            "commitment": "Full-time",
            "team": job.department,
            "department": job.department,
            "allLocations": [job.city],
        },
        "openingPlain": company.description,
        "descriptionPlain": _words(job, company),
        "descriptionBodyPlain": _words(job, company),
        "additionalPlain": "",
        "lists": [],
        "hostedUrl": page,
        "applyUrl": f"{page}/apply",
    }


def _ashby(job: Job, company: Company, at: datetime) -> dict[str, Any]:
    page = f"https://jobs.ashbyhq.com/{_token(company)}/{job.id:08x}"
    return {
        "id": f"{job.id:08x}",
        "title": job.title,
        "department": job.department,
        "team": job.department,
        "employmentType": "FullTime",
        "location": job.city,
        "secondaryLocations": [],
        "address": {
            "postalAddress": {
                "addressLocality": job.city,
                "addressRegion": company.region,
                "addressCountry": company.country_name,
            }
        },
        "isRemote": None,
        "workplaceType": "OnSite",
        "publishedAt": at.isoformat(timespec="milliseconds"),
        "isListed": True,
        "jobUrl": page,
        "applyUrl": f"{page}/application",
        "descriptionHtml": f"<p>{escape(_words(job, company))}</p>",
        "descriptionPlain": _words(job, company),
    }


API = Api(
    name="job_boards",
    hosts=("boards-api.greenhouse.io", *LEVER, "api.ashbyhq.com"),
    routes={
        "GET /v1/boards/{token}/jobs": greenhouse,
        "GET /v0/postings/{token}": lever,
        "GET /posting-api/job-board/{token}": ashby,
    },
)
