"""Fixtures of what people may do."""

from tests.support.passwords import cheap_hashes

__all__ = ["cheap_hashes"]
