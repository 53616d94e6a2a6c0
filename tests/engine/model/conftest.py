"""Waiting between attempts costs no time here, but is counted."""

from tests.support.waiting import waits

__all__ = ["waits"]
