"""What passwords cost: bounded in memory and time, whoever asks and however often."""

import asyncio
import resource

import pytest

from leadboard.actions import hashing
from leadboard.domain.passwords import check_password
from leadboard.errors import Refused


async def test_fifty_at_once_stay_small_and_the_rest_is_told_to_come_back():
    stored = await hashing.new_hash("seven green bicycles")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answers = await asyncio.gather(*(hashing.matches("wrong", stored) for _ in range(50)), return_exceptions=True)
    refused = [answer.code for answer in answers if isinstance(answer, Refused)]
    assert refused == ["busy"] * (50 - hashing.AT_ONCE - hashing.WAITING)
    assert answers.count(False) == hashing.AT_ONCE + hashing.WAITING
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < 300
    assert await hashing.matches("seven green bicycles", stored), "room again for the next"


async def test_somebody_unknown_is_compared_with_a_hash_of_the_same_cost():
    stored = await hashing.new_hash("seven green bicycles")
    cost = stored.split("$")[:4]
    assert cost == ["", "argon2id", "v=19", "m=65536,t=3,p=4"]
    assert hashing._hash_of_nobody().split("$")[:4] == cost
    assert not await hashing.matches("nobody", ""), "its own password opens nothing"


async def test_a_letter_with_an_accent_is_the_same_however_it_was_typed():
    stored = await hashing.new_hash("caf\u00e9 on the corner")
    assert await hashing.matches("cafe\u0301 on the corner", stored)


@pytest.mark.parametrize(
    "password", ["password1234", "qwertyuiop12", "aaaaaaaaaaaaaaaa", "letmeinletmein", "iloveyou1234"]
)
def test_what_everybody_would_guess_is_refused(password):
    with pytest.raises(Refused, match="guessed quickly"):
        check_password(password)
