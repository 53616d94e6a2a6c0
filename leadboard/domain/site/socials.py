"""Social profiles of the company behind a page: links to a profile, never to a share button, a post or a person."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import parse_qs, unquote, urlsplit

from leadboard.domain.site.dom import Page
from leadboard.domain.site.facts import Found, Organization
from leadboard.domain.site.text import snippet, unique
from leadboard.domain.words import word_set

_SLUG = r"([\w.%@+-]{2,100})"
_PROFILES = (
    ("linkedin", "linkedin.com", rf"/(company|school|showcase)/{_SLUG}", "https://www.linkedin.com/{0}/{1}"),
    ("facebook", "facebook.com", rf"/pages/{_SLUG}/(\d+)", "https://www.facebook.com/pages/{0}/{1}"),
    ("facebook", "facebook.com", rf"/(?:pg/)?{_SLUG}", "https://www.facebook.com/{0}"),
    ("facebook", "fb.com", rf"/{_SLUG}", "https://www.facebook.com/{0}"),
    ("instagram", "instagram.com", rf"/{_SLUG}", "https://www.instagram.com/{0}"),
    ("twitter", "twitter.com", rf"/@?{_SLUG}", "https://x.com/{0}"),
    ("twitter", "x.com", rf"/@?{_SLUG}", "https://x.com/{0}"),
    ("youtube", "youtube.com", rf"/(channel|user|c)/{_SLUG}", "https://www.youtube.com/{0}/{1}"),
    ("youtube", "youtube.com", r"/(@[\w.-]{2,100})", "https://www.youtube.com/{0}"),
    ("tiktok", "tiktok.com", r"/(@[\w.-]{2,100})", "https://www.tiktok.com/{0}"),
    ("pinterest", "pinterest.*", rf"/{_SLUG}", "https://www.pinterest.com/{0}"),
    ("xing", "xing.com", rf"/(?:companies|pages|company)/{_SLUG}", "https://www.xing.com/pages/{0}"),
    ("github", "github.com", rf"/{_SLUG}", "https://github.com/{0}"),
    ("threads", "threads.net", r"/(@[\w.-]{2,100})", "https://www.threads.net/{0}"),
    ("bluesky", "bsky.app", rf"/profile/{_SLUG}", "https://bsky.app/profile/{0}"),
    ("vimeo", "vimeo.com", r"/((?!\d+$)[\w.-]{2,100})", "https://vimeo.com/{0}"),
    ("yelp", "yelp.*", rf"/biz/{_SLUG}", "https://www.yelp.com/biz/{0}"),
    ("crunchbase", "crunchbase.com", rf"/organization/{_SLUG}", "https://www.crunchbase.com/organization/{0}"),
)
_BY_HOST: dict[str, list[tuple[str, re.Pattern[str], str]]] = {}
for _network, _host, _pattern, _canonical in _PROFILES:
    _BY_HOST.setdefault(_host, []).append((_network, re.compile(_pattern, re.IGNORECASE), _canonical))
_HOST_PREFIX = re.compile(r"^(?:www|m|mobile|web)\.")
_PERSON = re.compile(r"^https?://(?:[a-z]{2,3}\.)?linkedin\.com/in/([\w%.-]{3,100})", re.IGNORECASE)
_NO_PROFILE = word_set(
    "sharer sharer.php share share.php dialog plugins tr login login.php signup about help pages groups events "
    "watch hashtag search intent home i explore p reel reels stories tv pin create features pricing marketplace "
    "topics orgs settings privacy terms tos policies policy legal embed profile.php media photo.php photos "
    "story.php permalink.php notes widgets statuses status channel user c results playlist feed wordpress "
    "username yourpage yourusername yourname your-page your_page page profile categories upload join add business "
    "ads developers docs www.facebook.com facebook twitter instagram pinterest vimeo github l.php badges widget "
    "player video home.php messages compose"
)
_KEPT = 2
"""Profiles kept of one network: a page that links many lists other people's."""


def socials(page: Page, organizations: Iterable[Organization]) -> tuple[Found, ...]:
    """The profiles, best first; `field` is the network, `value` the canonical address."""
    best = unique(
        sorted(_candidates(page, organizations), key=lambda found: -found.confidence), lambda f: f.value.lower()
    )
    kept: dict[str, list[Found]] = {}
    for found in best:
        kept.setdefault(found.field, []).append(found)
    return tuple(found for found in best if found in kept[found.field][:_KEPT])


def person_profile(url: str) -> str:
    """The canonical LinkedIn address of a person, or empty when `url` is no such profile."""
    match = _PERSON.search(url)
    return f"https://www.linkedin.com/in/{match[1]}" if match else ""


@lru_cache(maxsize=4096)
def profile(url: str) -> tuple[str, str] | None:
    """The network and the canonical address of a company's profile; None for shares, posts and people."""
    try:
        parts = urlsplit(unquote(url.strip()))
    except ValueError:
        return None
    host = _HOST_PREFIX.sub("", (parts.hostname or "").lower())
    domain = host if host in _BY_HOST else host.partition(".")[2]
    if domain not in _BY_HOST:
        domain = f"{host.partition('.')[0]}.*"
    if domain == "facebook.com" and parts.path == "/profile.php":
        number = parse_qs(parts.query).get("id", [""])[0]
        return ("facebook", f"https://www.facebook.com/profile.php?id={number}") if number.isdigit() else None
    path = "/" + parts.fragment.lstrip("!/") if parts.fragment.startswith("!/") else parts.path.rstrip("/")
    for network, pattern, canonical in _BY_HOST.get(domain, ()):
        match = pattern.fullmatch(path)
        if match and match.groups()[-1].lower() not in _NO_PROFILE:
            return network, canonical.format(*match.groups())
    return None


def _candidates(page: Page, organizations: Iterable[Organization]) -> Iterator[Found]:
    for one in organizations:
        for url in one.same_as:
            if known := profile(url):
                said = snippet(f"{one.name}: {url}")
                yield Found(known[0], known[1], said, one.found.method, 0.95, page.url)
    for link in page.links:
        if not link.same_site and (known := profile(link.url)):
            confidence = 0.9 if link.zone in ("header", "footer", "nav") else 0.8
            yield Found(known[0], known[1], snippet(f"{link.text} <{link.url}>".strip()), "link", confidence, page.url)
    handle = page.meta.get("twitter:site", "")
    if re.fullmatch(r"@\w{2,15}", handle):
        yield Found("twitter", f"https://x.com/{handle[1:]}", f"twitter:site {handle}", "meta", 0.8, page.url)
