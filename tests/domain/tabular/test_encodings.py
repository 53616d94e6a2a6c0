"""Bytes of the usual encodings become the text they were."""

import codecs

import pytest

from leadboard.domain.tabular.dialect import detect
from tests.domain.tabular.tables import look, said

WESTERN = "Nom,Société\nAndré,Café Müller\nZoë,Père Noël & Fils\nJosé,Peña São\n"
CZECH = "Jméno,Město\nJiří Dvořák,Plzeň\nŽaneta Nováková,České Budějovice\n"
RUSSIAN = "Имя,Город\nИван Петров,Москва\nСергей,Санкт-Петербург\n"
GREEK = "id,age,name\n1,39,Λεωνιδας\n2,23,Αλεξανδρος\n3,36,Μυρων\n"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", WESTERN),
        ("iso-8859-1", WESTERN),
        ("cp1252", WESTERN + "Anne,“Quotes” – €5\n"),
        ("mac_roman", WESTERN),
        ("cp850", WESTERN),
        ("cp1250", CZECH + "Łukasz Wiśniewski,Łódź\n"),
        ("iso-8859-2", CZECH),
        ("cp1251", RUSSIAN),
        ("koi8_r", RUSSIAN),
        ("cp866", RUSSIAN),
        ("iso-8859-7", GREEK),
        ("cp1253", GREEK),
        ("cp1254", "Ad,Şehir\nAyşe Yılmaz,İstanbul\nIşık Öztürk,Eskişehir\n"),
        ("cp1255", "שם,עיר\nמשה כהן,תל אביב\n"),
        ("cp1257", "Vārds,Pilsēta\nJānis Bērziņš,Rīga\nŪķis,Liepāja\n"),
        ("cp932", "名前,会社\n山田太郎,株式会社トヨタ\n鈴木,ソニー\n"),
        ("gb18030", "姓名,公司\n张伟,华为技术有限公司\n李娜,阿里巴巴\n"),
        ("big5", "姓名,公司\n張偉,台積電股份有限公司\n李娜,鴻海\n"),
        ("euc_kr", "이름,회사\n김철수,삼성전자\n이영희,현대자동차\n"),
        ("iso-8859-1", "Firma;Straße\nMüller GmbH;Königsallee 5\nGroß & Söhne;Übersee\n"),
        ("iso-8859-1", "item,price\npen,£5\nink,£12\n"),
        ("iso-8859-1", "id,name\n2,©\n"),
        ("utf-16-le", WESTERN),
        ("utf-16-be", WESTERN),
    ],
)
def test_an_encoding_without_a_mark_is_told_from_its_text(encoding: str, text: str) -> None:
    found = look(text.encode(encoding))
    delimiter = found.delimiter

    assert [list(found.header), *map(list, found.rows)] == [line.split(delimiter) for line in text.splitlines()]
    assert codecs.lookup(found.encoding)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_a_byte_order_mark_names_the_encoding_and_is_no_text(mark: bytes, encoding: str) -> None:
    found = look(mark + WESTERN.encode("utf-8" if encoding == "utf-8-sig" else encoding))

    assert (found.encoding, found.header) == (encoding, ("Nom", "Société"))


def test_an_accent_far_below_the_first_lines_still_counts() -> None:
    text = "name,city\n" + "Acme,Berlin\n" * 20_000 + "Müller,Köln\n"
    found = look(text.encode("cp1252"))

    assert found.rows[-1] == ("Müller", "Köln")


def test_a_few_foreign_bytes_do_not_spoil_a_utf_8_file() -> None:
    lines = WESTERN.encode() + b"Bj\xf6rn,Oslo\n"
    found = look(lines)

    assert found.encoding == "utf-8"
    assert found.rows[-1] == ("Björn", "Oslo")
    assert "not UTF-8" in said(found)


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\n1,2\n", ","),
        ("a;b\n1,5;2,5\n3,5;4,5\n", ";"),
        ("a\tb\n1,x\t2\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ("name;text\nA;one, two, three\nB;four, five, six\n", ";"),
        ('name,tags\nA,"x; y; z"\nB,"x; z; y"\n', ","),
        ("a^b^c\nx^y^z\nu^v^w\n", "^"),
        ("Profession\nFinance\nInformation Technology\n", ","),
        ("when\n2024-01-01 15:00:00\n2024-01-02 16:00:00\n", ","),
    ],
)
def test_the_delimiter_is_the_one_that_makes_a_table(text: str, delimiter: str) -> None:
    assert detect(text).delimiter == delimiter


def test_quotes_escapes_and_blanks_are_recognised() -> None:
    assert detect("a,b\n'x, y',2\n'z',3\n").quote == "'"
    assert detect('a,b\n"say \\"hi\\", Bob",2\n').escape == "\\"
    assert detect('a,b\n"C:\\",2\n"D:\\",3\n').escape == ""
    assert detect('a, b\n1, "x, y"\n').spaced
    assert not detect("a,b\n1,2\n").spaced
