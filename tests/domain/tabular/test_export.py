"""What is written can be opened in a spreadsheet without running, and be imported again unchanged."""

import csv
import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from leadboard.domain.tabular import write_csv
from leadboard.domain.tabular.export import guard, unguard
from tests.domain.tabular.tables import look

TRIGGERS = "=+-@\t\r\n"
CELL = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=20)
RISKY = st.text(st.sampled_from("=+-@'\t\r\n a1,\";"), max_size=12)


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30", "'+49 30"),
        ("-5", "'-5"),
        ("@me", "'@me"),
        ("\tx", "'\tx"),
        ("'=1", "''=1"),
        ("'quoted'", "'quoted'"),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_cells_a_spreadsheet_would_run_are_guarded(cell: str, written: str) -> None:
    assert guard(cell) == written
    assert unguard(written) == cell


@given(CELL | RISKY)
def test_no_guarded_cell_starts_a_formula_and_nothing_is_lost(cell: str) -> None:
    assert not guard(cell).startswith(tuple(TRIGGERS))
    assert unguard(guard(cell)) == cell


@given(st.lists(st.tuples(CELL | RISKY, CELL | RISKY, CELL | RISKY), min_size=1, max_size=8))
@example([("=cmd()", "'=x", "a\r\nb")])
@settings(max_examples=100, deadline=None)
def test_an_exported_file_is_imported_as_it_was(rows: list[tuple[str, str, str]]) -> None:
    kept = [(f"r{number}", *row) for number, row in enumerate(rows)]
    header = ("company_name", "contact_name", "city", "industry")
    found = look(b"".join(write_csv([header, *kept])))

    assert found.header == header
    assert list(found.rows) == kept


def test_every_cell_is_quoted_and_the_file_says_its_encoding() -> None:
    written = b"".join(write_csv([("a", "b"), ("ü", 'say "hi"')]))

    assert written == b'\xef\xbb\xbf"a","b"\r\n"\xc3\xbc","say ""hi"""\r\n'


def test_long_exports_come_in_pieces() -> None:
    pieces = list(write_csv([str(n), "x" * 50] for n in range(20_000)))

    assert max(map(len, pieces)) < 100_000
    rows = csv.reader(io.StringIO(b"".join(pieces).decode("utf-8-sig"), newline=""))
    assert sum(1 for _ in rows) == 20_000
