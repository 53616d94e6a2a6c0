"""Password hashes: argon2id takes 64 MiB and about 100 ms, so two run at a time, beside the event loop.

They have threads of their own: in the loop's default ones they would hold up the workflow library, which shares those.
"""

import asyncio
import functools
import threading
import unicodedata
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from leadboard.domain.passwords import LONGEST, check_password
from leadboard.domain.sign_in import refusal

AT_ONCE, WAITING = 2, 8

Result = TypeVar("Result")

_hasher = PasswordHash((Argon2Hasher(),))
_room = threading.BoundedSemaphore(AT_ONCE + WAITING)


@functools.cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(AT_ONCE, thread_name_prefix="password")


async def check(password: str, about: Sequence[str] = ()) -> None:
    """Refuse a new password that is not good enough."""
    await _run(lambda: check_password(password, about))


async def new_hash(password: str, about: Sequence[str] = ()) -> str:
    """The hash of a new password that is good enough; `Refused` when it is not, or when too many wait."""
    return await _run(lambda: _checked_hash(password, about))


async def matches(password: str, stored: str) -> bool:
    """Whether this is the password; as slow for somebody unknown (`stored` is "") as for anybody."""
    return await _run(lambda: _verified(password, stored))


def _checked_hash(password: str, about: Sequence[str]) -> str:
    check_password(password, about)
    return _hasher.hash(_spelled(password))


def _verified(password: str, stored: str) -> bool:
    nobody = _hash_of_nobody()
    return _hasher.verify(_spelled(password[:LONGEST]), stored or nobody) and stored != ""


@functools.cache
def _hash_of_nobody() -> str:
    return _hasher.hash("nobody")


def _spelled(password: str) -> str:
    """One spelling of each letter: keyboards differ in how they write an accent."""
    return unicodedata.normalize("NFKC", password)


async def _run(work: Callable[[], Result]) -> Result:
    if not _room.acquire(blocking=False):
        raise refusal("busy")
    running = _threads().submit(work)
    running.add_done_callback(lambda _: _room.release())
    return await asyncio.wrap_future(running)
