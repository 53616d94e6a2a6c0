"""What tests of the rules share."""

import csv
from collections.abc import Iterator

import pytest


@pytest.fixture
def long_fields() -> Iterator[None]:
    """Let files have long fields, for this test alone: the limit is the process's."""
    usual = csv.field_size_limit(10**7)
    yield
    csv.field_size_limit(usual)
