"""Password hashes that cost next to nothing, for tests that are not about their cost."""

from collections.abc import Iterator

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from leadboard.actions import hashing


@pytest.fixture
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The same hash with the smallest of numbers."""
    monkeypatch.setattr(hashing, "_hasher", PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),)))
    hashing._hash_of_nobody.cache_clear()
    yield
    hashing._hash_of_nobody.cache_clear()
