"""Ids and page tokens that carry what they stand for, so that none is lost with the process that gave it out."""

from typing import Any

import orjson


def sealed(value: Any) -> str:
    """A value as a token: letters and digits only."""
    return orjson.dumps(value).hex()


def opened(token: str) -> Any:
    """What a token stands for. Raises `ValueError` for a text that is none."""
    return orjson.loads(bytes.fromhex(token))
