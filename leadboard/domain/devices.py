"""What a browser calls itself, in words for people."""

LONGEST = 40


def device_name(user_agent: str) -> str:
    """ "Firefox on Windows" for a User-Agent header; the beginning of one that nobody knows.

    The first call takes a quarter of a second: it compiles what all browsers of the world look like.
    """
    from ua_parser import parse  # most processes never need it

    found = parse(user_agent)
    browser = found.user_agent.family if found.user_agent else ""
    system = found.os.family if found.os else ""
    named = " on ".join(part for part in (browser, system) if part)
    return named or user_agent[:LONGEST].strip() or "Unknown browser"
