"""What a password must be: long, and not among the first that anybody would guess."""

from collections.abc import Iterable

from zxcvbn import zxcvbn

from leadboard.domain.sign_in import refusal

SHORTEST, LONGEST = 12, 256
EASY_SCORE = 1
"""zxcvbn's scores 0 and 1: guessed within a million tries, its 30,000 common passwords and their variants included."""
JUDGED = 40
"""Characters that are judged: the cost grows with them, and no easy password gets harder after so many."""


def check_password(password: str, about: Iterable[str] = ()) -> None:
    """Refuse a password that is too short, too long or easily guessed; `about` says what is known of the person."""
    if len(password) < SHORTEST:
        raise refusal("password_short")
    if len(password) > LONGEST:
        raise refusal("password_long")
    known = [word for text in about for word in (text, text.partition("@")[0]) if word]
    if zxcvbn(password[:JUDGED], user_inputs=known)["score"] <= EASY_SCORE:
        raise refusal("password_common")
