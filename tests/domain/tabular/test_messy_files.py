"""Files that break importers, each read as a careful person would read it."""

import csv
import io
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from leadboard.domain.tabular import Field, Preview, preview, read, record_reader
from leadboard.errors import Refused
from tests.conftest import SHARED, need

MESSY = SHARED / "data" / "messy_csv"
FILES = sorted(path for path in MESSY.rglob("*.[ct]sv") if path.name != "MANIFEST.csv")
ABSENT = pytest.mark.skip("the shared data messy_csv is absent beside the project")
REFUSED = {
    "csvkit/empty.csv": "This file is empty",
    "csvkit/null_byte.csv": "Line 2 holds a NUL byte",
    "frictionless/empty.csv": "This file is empty",
    "frictionless/wide.csv": "Line 1 has 9,074 columns",
}


@cache
def look(path: Path, rows: int | None = None) -> Preview:
    with path.open("rb") as file:
        return preview(file, path.name, rows)


def name_of(path: Path) -> str:
    return path.relative_to(MESSY).as_posix()


@pytest.mark.parametrize(
    "path", FILES or [pytest.param(MESSY, marks=pytest.mark.skip("messy_csv is absent"))], ids=name_of
)
def test_every_messy_file_is_read_or_refused_with_a_reason(path: Path) -> None:
    if name_of(path) in REFUSED:
        with pytest.raises(Refused, match=REFUSED[name_of(path)]):
            look(path)
        return
    found = look(path)
    with path.open("rb") as file:
        rows = list(read(file, found.layout))

    assert len(set(found.header)) == len(found.header) > 0
    assert all(found.header)
    assert [tuple(row.cells) for row in rows] == list(found.rows)
    assert len(rows) == found.layout.total
    assert all(len(row.cells) >= len(found.header) for row in rows)
    assert not any("\ufffd" in "".join(row) for row in found.rows) or "location_coordinates" in path.name
    assert json.loads(json.dumps(found.to_json())) == found.to_json()


@pytest.mark.parametrize("name", [path.stem for path in FILES if path.parent.name == "csv-spectrum"])
def test_the_spectrum_is_read_as_expected(name: str) -> None:
    expected = json.loads((MESSY / "csv-spectrum" / "expected" / f"{name}.json").read_text("utf-8"))
    found = look(MESSY / "csv-spectrum" / f"{name}.csv")
    rows = [dict(zip(found.header, row, strict=True)) for row in found.rows]
    for row in rows:
        if name == "location_coordinates":  # the expected file has a made-up number where the table has another
            row["Contact Phone Number"] = "1234567890"

    assert rows == (expected if isinstance(expected, list) else [expected])


def test_all_w3c_delimiters_are_those_noted_by_hand() -> None:
    need("messy_csv")
    noted = csv.DictReader((MESSY / "w3c-csvw" / "dialects.psv").open(encoding="utf-8"), delimiter="|")
    signs = {"comma": ",", "space": " ", "semicolon": ";", "tab": "\t", "vslash": "|"}
    wrong = {
        row["file_name"]: found.delimiter
        for row in noted
        if (found := look(MESSY / "w3c-csvw" / row["file_name"], 1)).delimiter != signs[row["fields_delimiter"]]
    }

    assert wrong == {}


def test_marks_and_encodings_are_those_of_the_manifest() -> None:
    need("messy_csv")
    for row in csv.DictReader((MESSY / "MANIFEST.csv").open(encoding="utf-8")):
        if row["file"] in REFUSED:
            continue
        encoding = look(MESSY / row["file"], 1).encoding
        if row["bom"]:
            assert encoding == row["bom"], row["file"]
        else:
            assert (encoding == "utf-8") == (row["utf8_valid"] == "yes"), row["file"]


@dataclass(frozen=True)
class Expected:
    """What a person sees in a file: number of rows, some cells, and words of the warnings."""

    rows: int
    header: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    warned: tuple[str, ...] = ()
    encoding: str = "utf-8"
    delimiter: str = ","


SEEN = {
    "csvkit/bad.csv": Expected(3, first=("1", "27", "", "I'm too long!"), warned=("line 2", "line 3")),
    "csvkit/bad_skip_lines.csv": Expected(3, ("column_a",), warned=("3 blank lines above the header",)),
    "csvkit/mac_newlines.csv": Expected(2, ("a", "b", "c"), last=("Once upon\ra time", "5", "6")),
    "csvkit/no_header_row3.csv": Expected(2, ("Column 1",), ("1", "2", "3"), warned=("no header line",)),
    "csvkit/join_no_header_row.csv": Expected(3, ("d", "e", "f")),
    "csvkit/test_empty_columns.csv": Expected(2, ("a", "b", "c", "Column 4"), warned=("no name", "1 blank row")),
    "csvkit/test_latin1.csv": Expected(2, last=("4", "5", "©"), encoding="iso-8859-1"),
    "csvkit/test_utf16_big.csv": Expected(2, last=("4", "5", "ʤ"), encoding="utf-16-be"),
    "csvkit/test_header_newline.csv": Expected(1, ("start end", "b", "c")),
    "csvkit/sheetsxls_converted.csv": Expected(5, last=("Unicode! Σ", "")),
    "csvkit/realdata/Datagov_FY10_EDU_recp_by_State.csv": Expected(
        53,
        ("State Name",),
        ("ALABAMA", "AL", "7738"),
        ("PHILIPPINES", "PH"),
        ("above the header", "At the end, 2 lines"),
    ),
    "csvkit/realdata/FY09_EDU_Recipients_by_State.csv": Expected(52, last=("PUERTO RICO",), warned=("1 blank row",)),
    "csvkit/realdata/census_2000/determination_schema.csv": Expected(21, ("field_num", "start"), ("1", "1", "4")),
    "csvkit/realdata/ks_1033_data.csv": Expected(1575, ("state", "county"), ("KS", "ALLEN")),
    "frictionless/blank-headers.csv": Expected(2, ("id", "Column 2", "age"), warned=("no name",)),
    "frictionless/blank-rows-multiple.csv": Expected(2, warned=("11 blank rows",)),
    "frictionless/capital-invalid.csv": Expected(
        10, ("id", "name", "name (2)"), last=("x", "Tokio", "Japan", "review")
    ),
    "frictionless/capitals.csv": Expected(5, ("id", "cid", "name"), ("1", "1", "London")),
    "frictionless/countries.csv": Expected(
        5, ("id", "neighbor_id"), last=("5", "", "", ""), warned=("# clean this data!",)
    ),
    "frictionless/country-2.csv": Expected(5, ("id",), warned=("# Author: the scientist",), delimiter=";"),
    "frictionless/dialect.csv": Expected(2, ("id", "name"), ("1", "english"), delimiter="|"),
    "frictionless/duplicate-headers.csv": Expected(2, ("id", "name", "id (2)", "age", "id (3)"), warned=("same name",)),
    "frictionless/escaping.csv": Expected(3, first=("1", "Test line 1"), last=("3", 'Test " line 3')),
    "frictionless/issue-1109.csv": Expected(3, ("int", "number", "string"), ("1", "2.3", "string")),
    "frictionless/issue-1138.csv": Expected(7, ("Zeit [MEZ]", "Wasserstand"), ("09.07.2013 12:00:00",), delimiter=";"),
    "frictionless/issue-1478/table.csv": Expected(10, ("Column 1",), ("DESH_PR_0058", "01.06.2015"), delimiter="|"),
    "frictionless/issue-825.csv": Expected(2, ("Musei", "2011", "2010")),
    "frictionless/matrix-with-comment.csv": Expected(4, ("f1",), ("11",), warned=("# comment",)),
    "frictionless/skip-rows.csv": Expected(2, ("id", "name"), warned=("1 comment line between the rows",)),
    "frictionless/table-infer-iso-8859-7.csv": Expected(4, first=("1", "39", "Λεωνιδας"), encoding="iso-8859-7"),
    "frictionless/table-with-accents.csv": Expected(638, ("Classement",), encoding="iso-8859-1", delimiter=";"),
    "frictionless/table.tsv": Expected(3, ("id", "name"), last=("3", "\\N"), delimiter="\t"),
    "frictionless/transpose.csv": Expected(2, ("id", "1", "2", "3")),
    "frictionless/without-headers-extra.csv": Expected(3, ("Column 1", "Column 2"), last=("3", "german", "extra")),
    "frictionless/without-rows.csv": Expected(0, ("id", "name"), warned=("no rows",)),
    "w3c-csvw/CSV_QS601EW2011WARDH_151277.csv": Expected(
        2, ("Geographic ID", "Geographic Area"), ("E92000001", "England"), ("W92000004",), ("6 lines above the header",)
    ),
    "w3c-csvw/EG.csv": Expected(28, warned=("line 30 is a total",)),
    "w3c-csvw/ESCC-payment-data-Q2281011.csv": Expected(
        5767, ("Name", "Payment category"), ("BT PLC", "Other Adult Services", "£512"), encoding="iso-8859-1"
    ),
    "w3c-csvw/HXL_3W_samples_draft_Multilingual.csv": Expected(
        34, ("Fecha del informe",), warned=("Line 2 holds units or tags",)
    ),
    "w3c-csvw/cambornedata.csv": Expected(
        439, ("yyyy", "mm", "tmax"), ("1978", "09"), ("2015", "03"), ("5 lines above", "Line 7 holds units")
    ),
    "w3c-csvw/methane_molecular_structure_xyz_20140911.csv": Expected(
        5, ("Column 1",), ("C", "0.000000"), ("H", "-0.513360"), ("methane molecule",), delimiter=" "
    ),
    "w3c-csvw/mth-10-january-2014.csv": Expected(
        89, ("Department Family",), encoding="iso-8859-1", warned=("1 line above",)
    ),
    "w3c-csvw/ni.2449-S3.csv": Expected(
        492, ("gene_name", "symbol", "RPKM Cont", "RPKM 4 hour IL2_1nM"), ("NM_001033122", "Cd69"), warned=("3 lines",)
    ),
    "w3c-csvw/soc_structure_2010.csv": Expected(
        1421, ("Major Group", "Minor Group"), ("11-0000",), ("", "", "", "55-3019")
    ),
}


@pytest.mark.parametrize("name", SEEN)
def test_it_is_read_as_a_careful_person_reads_it(name: str) -> None:
    need("messy_csv")
    found, expected = look(MESSY / name), SEEN[name]
    warned = " ".join(found.warnings)

    assert found.layout.total == expected.rows
    assert found.header[: len(expected.header)] == expected.header
    assert (found.encoding, found.delimiter) == (expected.encoding, expected.delimiter)
    if expected.first:
        assert found.rows[0][: len(expected.first)] == expected.first
    if expected.last:
        assert found.rows[-1][: len(expected.last)] == expected.last
    assert [words for words in expected.warned if words not in warned] == []


CLEAN = (
    "iris",
    "foo1",
    "test_utf8",
    "analysis-data",
    "transform-pivot",
    "Invoice",
    "Track",
    "countries-cleaned",
    "vix",
)


@pytest.mark.parametrize("name", CLEAN)
def test_nothing_is_said_about_a_clean_file(name: str) -> None:
    need("messy_csv")
    found = [look(path) for path in FILES if path.stem == name]

    assert [preview.warnings for preview in found] == [()]


def test_the_yc_directory_is_read_and_understood() -> None:
    found = look(need("yc_companies") / "yc_companies.csv.gz")
    broken = sum("\n" in cell for row in found.rows for cell in row)

    assert (found.layout.total, len(found.header), found.warnings) == (5617, 21, ())
    assert broken > 2700
    assert found.mapping == {
        "id": Field.EXTERNAL_ID,
        "name": Field.COMPANY_NAME,
        "website": Field.WEBSITE,
        "all_locations": Field.LOCATION,
        "one_liner": Field.TAGLINE,
        "long_description": Field.DESCRIPTION,
        "team_size": Field.HEADCOUNT,
        "industry": Field.INDUSTRY,
        "tags": Field.TAGS,
        "status": Field.COMPANY_STATUS,
        "stage": Field.FUNDING_STAGE,
        "isHiring": Field.HIRING,
    }


def test_the_accounts_and_the_pipeline_are_understood() -> None:
    folder = need("crm_opportunities")
    accounts, pipeline = look(folder / "accounts.csv"), look(folder / "sales_pipeline.csv")

    assert (accounts.layout.total, pipeline.layout.total) == (85, 8800)
    assert accounts.mapping == {
        "account": Field.COMPANY_NAME,
        "sector": Field.INDUSTRY,
        "year_established": Field.FOUNDED_YEAR,
        "revenue": Field.REVENUE,
        "employees": Field.HEADCOUNT,
        "office_location": Field.COUNTRY,
    }
    assert pipeline.mapping == {
        "opportunity_id": Field.EXTERNAL_ID,
        "sales_agent": Field.OWNER,
        "account": Field.COMPANY_NAME,
        "deal_stage": Field.DEAL_STAGE,
        "close_date": Field.CLOSE_DATE,
        "close_value": Field.DEAL_VALUE,
    }


def test_columns_that_slipped_are_told_by_their_values() -> None:
    """In this list "Email Address" holds dates and "Website" yes or no: the addresses stand elsewhere."""
    found = look(need("dedupe_sites") / "early_childhood_sites.csv")

    assert found.layout.total == 3337
    assert found.mapping == {
        "Id": Field.EXTERNAL_ID,
        "Site name": Field.COMPANY_NAME,
        "Address": Field.ADDRESS,
        "Phone": Field.PHONE,
        "Center Director": Field.WEBSITE,
        "Purple binder service type": Field.EMAIL,
    }


@pytest.mark.parametrize(
    ("folder", "name", "most"),
    [
        ("yc_companies", "yc_companies.csv.gz", 0.005),
        ("crm_opportunities", "accounts.csv", 0),
        ("crm_opportunities", "sales_pipeline.csv", 0),
    ],
)
def test_nearly_every_real_cell_has_a_value(folder: str, name: str, most: float) -> None:
    content = (need(folder) / name).read_bytes()
    found = preview(io.BytesIO(content), name, 0)
    reader = record_reader(found.layout, found.mapping)
    problems = [sentence for row in read(io.BytesIO(content), found.layout) for sentence in reader(row).problems]

    assert len(problems) <= most * found.layout.total, problems[:5]
