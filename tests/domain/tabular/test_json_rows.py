"""JSON lists of objects are tables, too."""

import io
import json

from leadboard.domain.tabular import Field, read
from tests.domain.tabular.tables import cells, look


def test_an_array_of_objects_is_read_as_rows() -> None:
    found = look('[{"name": "Acme", "city": "Köln"},\n {"name": "Beta", "size": 12}]')

    assert (found.encoding, found.delimiter, found.layout.format) == ("utf-8", "", "json")
    assert found.header == ("name", "city", "size")
    assert found.rows == (("Acme", "Köln", ""), ("Beta", "", "12"))
    assert found.mapping == {"name": Field.COMPANY_NAME, "city": Field.CITY, "size": Field.HEADCOUNT}


def test_values_become_cells_as_they_are_written() -> None:
    value = (
        '[{"n": 1.10, "id": 123456789012345678901234567890, "b": true, "x": null, "tags": ["a", 2], "in": {"a": "b"}}]'
    )
    found = look(value)

    assert dict(zip(found.header, found.rows[0], strict=True)) == {
        "n": "1.10",
        "id": "123456789012345678901234567890",
        "b": "true",
        "x": "",
        "tags": "a; 2",
        "in.a": "b",
    }


def test_one_object_a_line_and_a_wrapped_list_are_read() -> None:
    assert look('{"a": 1}\n{"a": 2, "b": 3}\n').rows == (("1", ""), ("2", "3"))
    assert look('{"total": 1, "companies": [{"a": "x"}]}').rows == (("x",),)


def test_an_array_of_scalars_in_csv_is_no_json() -> None:
    assert look('[id],[name]\n1,"{x}"\n').layout.format == "csv"


def test_the_stored_layout_reads_the_same_rows() -> None:
    text = json.dumps([{"a": n, "b": f"t{n}"} for n in range(50)], indent=1)

    assert cells(text) == [[str(n), f"t{n}"] for n in range(50)]
    rows = read(io.BytesIO(text.encode()), look(text).layout)
    assert [(row.number, row.line) for row in rows][:2] == [(1, 2), (2, 6)]


def test_utf_16_json_is_read() -> None:
    assert look("\ufeff".encode("utf-16-le") + '[{"a": "ü"}]'.encode("utf-16-le")).rows == (("ü",),)
