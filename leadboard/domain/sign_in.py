"""The words and numbers of signing in: what is refused and how that is said, how long a session lives."""

import unicodedata
from datetime import datetime, timedelta
from itertools import zip_longest

from email_validator import EmailNotValidError, validate_email

from leadboard.errors import Refused

PROVEN = timedelta(minutes=10)
"""How long a password that was typed counts for what asks for it again."""
IDLE = timedelta(days=7)
LONGEST = timedelta(days=30)
INVITE_LIVES = timedelta(days=7)
INVITE_KNOWN = timedelta(hours=4)
"""How long a browser may take from opening an invitation's link to joining."""
LONGEST_NAME = 80

_REFUSALS: dict[str, tuple[str, int, str]] = {
    "wrong": ("", 401, "This address and password do not match. Check both; upper and lower case matter."),
    "throttled": ("", 429, "There were too many attempts. Wait a few minutes, then try again."),
    "busy": ("", 503, "Too many people are signing in right now. Try again in a few seconds."),
    "signed_out": ("", 401, "You are signed out. Sign in to go on."),
    "email": ("email", 422, "This is not an e-mail address. It looks like name@company.com."),
    "name": ("name", 422, f"Use at most {LONGEST_NAME} characters."),
    "no_name": ("name", 422, "Say what your team should call you."),
    "password_short": ("password", 422, "Use at least 12 characters. A few words in a row are easy to remember."),
    "password_long": ("password", 422, "Use at most 256 characters."),
    "password_common": (
        "password",
        422,
        "This password would be guessed quickly. Use several words that do not belong together.",
    ),
    "password_again": (
        "current",
        422,
        "It is more than ten minutes since you typed your password. Type it again to go on.",
    ),
    "wrong_password": ("current", 422, "This is not your current password."),
    "workspace_name": ("workspace", 422, f"Give the workspace a name of 1 to {LONGEST_NAME} characters."),
    "workspace_taken": ("workspace", 409, "A workspace of this name was made at this moment. Try again."),
    "set_up_code": ("code", 422, "This is not the code that leadboard printed when it started. Copy it from there."),
    "invitation": ("", 404, "This invitation was used, withdrawn or has expired. Ask for a new one."),
    "invitation_lost": ("", 404, "This browser no longer knows your invitation. Open its link again."),
}


def refusal(code: str) -> Refused:
    """The refusal behind a code, to be raised."""
    field, status, sentence = _REFUSALS[code]
    return Refused(sentence, field=field, code=code, status=status)


def sentence(code: str) -> str:
    """What a page shows for the code in its address; "" for one we do not know."""
    return _REFUSALS[code][2] if code in _REFUSALS else ""


def sentences(codes: str, fields: str) -> dict[str, str]:
    """Field, or "form", -> what a page shows there, from the lists (a,b) in its address.

    An address can be anybody's: it names sentences of ours, and what we do not know is left out.
    """
    each = zip_longest(codes.split(","), fields.split(","), fillvalue="")
    return {field or "form": sentence(code) for code, field in each if sentence(code)}


def clean_email(email: str) -> str:
    """The address in the one spelling we keep, lower case; refused when it is none."""
    try:
        found = validate_email(email.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise refusal("email") from None
    return found.normalized.lower()


def clean_name(name: str, code: str = "name") -> str:
    """A name on one line, without invisible characters; refused with `code` when it is too long."""
    printable = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", name))
    name = " ".join(printable.split())
    if len(name) > LONGEST_NAME:
        raise refusal(code)
    return name


def clean_workspace_name(name: str) -> str:
    """A workspace's name; refused when nothing can be read in it."""
    name = clean_name(name, "workspace_name")
    if not any(c.isalnum() for c in name):
        raise refusal("workspace_name")
    return name


def is_live(created: datetime, seen: datetime, revoked: datetime | None, now: datetime) -> bool:
    """Whether a session may still be used."""
    return revoked is None and now - seen < IDLE and now - created < LONGEST


def own_path(path: str) -> str:
    """The path when it leads within this site, else "": what a browser would read as another site is none."""
    harmless = path.startswith("/") and not path.startswith("//") and "\\" not in path
    return path if harmless and path.isascii() and path.isprintable() and " " not in path else ""
