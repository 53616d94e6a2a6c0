"""Files that are no table, too large, or made to hurt: a clear refusal, and nothing read beyond the limit."""

import gzip
import io
import json
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadboard.domain.tabular import Layout, preview, read
from leadboard.domain.tabular import source as reading_source
from leadboard.errors import Refused
from tests.domain.tabular.tables import look


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"\n\n  \n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\xff\xfe", "empty"),
        (zipped(), r"Excel file \(.xlsx\), not a text table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "old Excel"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"\x89PNG\r\n\x1a\n....", "a picture"),
        (b"<!DOCTYPE html><html><body>no</body></html>", "web page"),
        (b"name,city\nAc\0me,Berlin\n", "Line 2 holds a NUL byte"),
        (b"a,b\n" + b"1,2\n" * 200_000 + b"3,\0\n", "Line 200002 holds a NUL byte"),
        (bytes(range(1, 256)) * 40, "not text"),
        ((",".join(f"c{n}" for n in range(10_000)) + "\n").encode(), "Line 1 has 10,000 columns; at most 500"),
        (b"a,b\n1,2\n" + b"," * 5_000 + b"\n", "Line 3 has 5,001 columns"),
        (b"a,b\n1," + b"x" * 200_000 + b"\n", "longer than 131,072 characters"),
        (b'a,b\n1,"never closed\n' + b"2,3\n" * 100_000, "quotation mark is never closed"),
        (gzip.compress(b"a,b\n1,2\n" * 1000)[:-20], "damaged"),
        (b"\x1f\x8b\x08garbage", "damaged"),
        (b'[{"a": 1}, {"a": 2', "breaks off"),
        (b'[{"a": 1}, 5]', "Only a list of objects"),
        (b'{"a": 1}', "Only a list of objects"),
        (b"[]", "no objects"),
        (b'[{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}]", "nested too deeply"),
        (json.dumps([{f"k{n}": 1 for n in range(600)}]).encode(), "more than 500 different keys"),
        (b'[{"a": "' + b"x" * 200_000 + b'"}]', "longer than 131,072"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_it_is_refused_with_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence) as refused:
        look(content)

    assert refused.value.field == "file"
    assert refused.value.sentence.endswith(".")


def test_more_rows_than_allowed_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("structure", "json_rows"):
        monkeypatch.setattr(f"leadboard.domain.tabular.{module}.MAX_ROWS", 1000)

    for content in (b"a,b\n" + b"1,2\n" * 1100, json.dumps([{"a": 1}] * 1001).encode()):
        with pytest.raises(Refused, match="more than 1,000 rows"):
            look(content)


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_more_bytes_than_allowed_are_refused(pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_source, "MAX_BYTES", 100_000)
    monkeypatch.setattr(reading_source, "MAX_UNPACKED_BYTES", 100_000)

    with pytest.raises(Refused, match="holds more than 0 MB"):
        look(pack(b"name,city\n" * 20_000))


def test_a_compressed_file_is_read_like_a_plain_one() -> None:
    text = b"name,city\nAcme,Berlin\n" * 50

    assert look(gzip.compress(text)).rows == look(text).rows


def test_the_file_stays_open_and_can_be_read_twice() -> None:
    file = io.BytesIO(b"name,city\nAcme,Berlin\n")
    found = preview(file, "x.csv")

    assert [list(row.cells) for _ in range(2) for row in read(file, found.layout)] == [["Acme", "Berlin"]] * 2
    assert not file.closed


@given(st.binary(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_bytes_give_a_preview_or_a_refusal(content: bytes) -> None:
    with suppress(Refused):
        json.dumps(look(content).to_json())


@given(st.text(st.sampled_from("ab1,;\t|\"'#\n\r \\=-"), max_size=120))
@settings(max_examples=150, deadline=None)
def test_any_arrangement_of_signs_gives_a_preview_or_a_refusal(text: str) -> None:
    with suppress(Refused):
        found = look(text)
        rows = read(io.BytesIO(text.encode()), Layout.from_json(found.layout.to_json()))
        assert [tuple(row.cells) for row in rows] == list(found.rows)
