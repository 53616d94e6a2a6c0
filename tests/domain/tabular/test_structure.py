"""Where the table stands in a file: titles, units, footers, ragged rows, several tables."""

import io

import pytest

from leadboard.domain.tabular import read
from tests.domain.tabular.tables import cells, look, said

PEOPLE = "name,city,employees\nAcme,Berlin,12\nBeta,Paris,7\nGamma,Rome,30\n"
PEOPLE_ROWS = (("Acme", "Berlin", "12"), ("Beta", "Paris", "7"), ("Gamma", "Rome", "30"))


@pytest.mark.parametrize(
    ("above", "count"),
    [
        ("Customers of 2024\n", 1),
        ("Customers of 2024,,\n", 1),
        ("Customers of 2024\nExported by Ann, confidential\n\n", 2),
        ("# made by hand\n# 12 May\n", 2),
        ("Report:,Customers\nDate:,2024-05-12\n\n", 2),
        ("Title\n\nSubtitle\n\n", 2),
    ],
)
def test_titles_above_the_header_are_left_out_and_said(above: str, count: int) -> None:
    found = look(above + PEOPLE)

    assert found.header == ("name", "city", "employees")
    assert found.rows == PEOPLE_ROWS
    assert f"{count} line{'s' if count > 1 else ''} above the header" in said(found)


@pytest.mark.parametrize(
    "below",
    [
        "Total,,49\n",
        "Summe;;49\n".replace(";", ","),
        "\nTotal,,49\n",
        "Grand total,,49\nSource: our CRM\n",
        "\n* estimated\n",
        "\nGenerated on 12 May 2024\n",
        "Note: the numbers are from the commercial register and may be a year old\n",
        "\n\nEnd of report\n",
    ],
)
def test_totals_and_notes_below_are_left_out_and_said(below: str) -> None:
    found = look(PEOPLE + below)

    assert found.rows == PEOPLE_ROWS
    assert "At the end" in said(found)


@pytest.mark.parametrize("last", ["Total,Houston,100000", "Sum Up,Berlin,3", "Delta,,", "Note Taker,Bonn,4"])
def test_a_company_that_sounds_like_a_footer_is_kept(last: str) -> None:
    found = look(f"{PEOPLE}{last}\n")

    assert found.rows[-1] == tuple(last.split(","))
    assert not found.warnings


@pytest.mark.parametrize(
    "units",
    ["text,text,people", ",,persons", "-,-,[count]", ",,(FTE)", "#name,#adm1,#num"],
)
def test_a_row_of_units_is_no_data(units: str) -> None:
    head, *rest = PEOPLE.splitlines()
    found = look("\n".join([head, units, *rest]) + "\n")

    assert found.rows == PEOPLE_ROWS
    assert "units" in said(found)
    assert "ine 2 " in said(found)


def test_a_first_row_that_only_looks_odd_is_data() -> None:
    found = look("name,revenue\nAcme,unknown\nBeta,100\nGamma,200\nDelta,300\n")

    assert found.header == ("name", "revenue")
    assert found.rows[0] == ("Acme", "unknown")


@pytest.mark.parametrize(
    "second",
    [
        "\ndeal,amount,closing date,owner\nBig one,500,2024-01-01,Ann\n",
        "\n\nDeals\ndeal,amount,stage\nBig one,500,Won\nSmall one,5,Lost\n",
        "\nContacts,,\nFirst name,Last name,Email\nAnn,Lee,ann@acme.io\nBob,Ray,bob@beta.io\n",
        "\nproduct,price\nDesk,100\nChair,50\n",
    ],
)
def test_of_several_tables_the_largest_is_read_and_the_others_are_said(second: str) -> None:
    found = look(PEOPLE + "Delta,Oslo,9\n" + second)

    assert found.header == ("name", "city", "employees")
    assert found.rows == (*PEOPLE_ROWS, ("Delta", "Oslo", "9"))
    if len(second.splitlines()) > 3:
        assert "2 tables" in said(found) or "several tables" in said(found)


def test_the_second_table_is_read_when_it_is_larger() -> None:
    found = look("product,price\nDesk,100\nChair,50\n\n" + PEOPLE + "Delta,Oslo,9\n")

    assert found.header == ("name", "city", "employees")
    assert found.rows == (*PEOPLE_ROWS, ("Delta", "Oslo", "9"))
    assert "several tables (2, starting on lines 1, 5)" in said(found)


def test_blank_lines_between_rows_make_no_second_table() -> None:
    found = look("name,city\n\nAcme,Berlin\n\nBeta,Paris\n\n\nGamma,Rome\nDelta,Oslo\n")

    assert [row[0] for row in found.rows] == ["Acme", "Beta", "Gamma", "Delta"]
    assert "several tables" not in said(found)
    assert "4 blank rows are left out" in said(found)


def test_a_repeated_header_is_no_row() -> None:
    found = look("name,city\nAcme,Berlin\nname,city\nBeta,Paris\n")

    assert found.rows == (("Acme", "Berlin"), ("Beta", "Paris"))
    assert "1 repetition of the header is left out" in said(found)


def test_a_header_of_two_lines_is_joined() -> None:
    found = look("Company,,Contact,\nName,City,Name,Age\nAcme,Berlin,Ann,31\nBeta,Paris,Bob,44\n")

    assert found.header == ("Company Name", "Company City", "Contact Name", "Contact Age")
    assert found.rows == (("Acme", "Berlin", "Ann", "31"), ("Beta", "Paris", "Bob", "44"))


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("1,Acme\n2,Beta\n", ("Column 1", "Column 2")),
        ("Acme,acme.io,12\nBeta,beta.io,3\n", ("Column 1", "Column 2", "Column 3")),
        ("x@acme.io\ny@beta.io\n", ("Column 1",)),
    ],
)
def test_a_file_without_header_gets_numbered_columns(text: str, header: tuple[str, ...]) -> None:
    found = look(text)

    assert found.header == header
    assert len(found.rows) == 2
    assert "no header line was found" in said(found)


@pytest.mark.parametrize("text", ["region,2022,2023,2024\nNorth,1,2,3\nSouth,4,5,6\n", "id,1,2\na,4,5\nb,6,7\n"])
def test_years_and_counters_are_names_of_columns(text: str) -> None:
    assert look(text).header == tuple(text.split("\n")[0].split(","))


def test_blank_and_repeated_names_are_made_unique() -> None:
    found = look("name,,name,Name (2),name\nA,1,2,3,4\n")

    assert len(set(found.header)) == 5
    assert found.header[:2] == ("name", "Column 2")
    assert "no name" in said(found)
    assert "same name" in said(found)


def test_short_rows_are_padded_and_long_ones_keep_their_cells() -> None:
    text = "a,b,c\n1\n1,2,3,4,5\n1,2,3,,\n1,2,3\n1,2,3\n1,2,3\n"
    found = look(text)

    assert found.rows[:3] == (("1", "", ""), ("1", "2", "3", "4", "5"), ("1", "2", "3"))
    assert "1 row is shorter than the header; missing cells are read as empty (line 2)" in said(found)
    assert "1 row is longer than the header; the surplus cells are not imported (line 3)" in said(found)


def test_columns_without_name_that_most_rows_have_are_kept() -> None:
    found = look("name,city\nAcme,Berlin,x,1\nBeta,Paris,y,2\nGamma,Rome,z,3\n")

    assert found.header == ("name", "city", "Column 3", "Column 4")
    assert found.rows[0] == ("Acme", "Berlin", "x", "1")


def test_the_stored_layout_reads_the_rows_of_the_preview() -> None:
    text = "Title\n\nname;city\n;kg\nAcme;Berlin\n# remark\nBeta;Paris\n\nTotal;5\n"

    assert cells(text) == [list(row) for row in look(text).rows]


def test_a_quotation_mark_that_is_never_closed_is_said() -> None:
    found = look('name,note\nAcme,x\nBeta,"open\nGamma,z\n')

    assert found.rows == (("Acme", "x"), ("Beta", "open\nGamma,z\n"))
    assert "A quotation mark opened on line 3 or below is never closed" in said(found)


def test_rows_know_their_number_and_their_line() -> None:
    text = 'Title\nname,note\nAcme,"two\nlines"\n\nBeta,x,y\nGamma,z\nDelta,z\n'
    rows = list(read(io.BytesIO(text.encode()), look(text).layout))

    assert [(row.number, row.line) for row in rows] == [(1, 3), (2, 6), (3, 7), (4, 8)]
    assert rows[1].note.startswith("It has 1 cell more")
    assert rows[0].note == ""
