"""How much of what saved pages say is found, and how much of what is found is right, per field.

`run` reads three sets of real pages with labels (see tests/bench/extract.md for where they come from and how values are
compared) and a naive reader of regular expressions over the same pages as the floor.
"""

import csv
import json
import re
import tarfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any

import typer

from leadboard.domain.site import PageFacts, read_page, site_json
from leadboard.domain.site.emails import valid_email
from leadboard.domain.site.people import person_key
from leadboard.domain.site.phones import e164
from leadboard.domain.site.text import bare_name, compact

REGION = "US"
_ORGANIZATION_FIELDS = ("name", "url", "telephone", "email", "address", "same_as", "contact_points")
_FORM_KINDS = {
    "contact/comment": "contact",
    "join mailing list": "mailing_list",
    "password/login recovery": "recovery",
    "order/add to cart": "order",
}
_PARTS = {"street": "STREET", "city": "CITY", "state": "STATE", "zip": "ZIPCODE", "country": "COUNTRY"}
_PHONE_DIGITS = 7


@dataclass(frozen=True)
class Answer:
    """What a reader says of one page; `organizations` in the words of schema.org."""

    company_name: str = ""
    emails: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    people: list[tuple[str, str]] = field(default_factory=list)
    addresses: list[dict[str, str]] = field(default_factory=list)
    organizations: list[dict[str, Any]] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    regions: tuple[str, ...] = (REGION,)


Reader = Callable[[bytes, str], Answer]


class Tally:
    """Right, wrong and missed values of each field."""

    def __init__(self) -> None:
        self.counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])

    def add(self, name: str, right: int, wrong: int, missed: int) -> None:
        for at, value in enumerate((right, wrong, missed)):
            self.counts[name][at] += value

    def sets(self, name: str, found: set[str], expected: set[str]) -> None:
        """Compare two sets of values that are equal when they are the same text."""
        self.add(name, len(found & expected), len(found - expected), len(expected - found))

    def figures(self, without_precision: frozenset[str]) -> dict[str, dict[str, float | int]]:
        return {
            name: _figure(right, wrong, missed, name not in without_precision)
            for name, (right, wrong, missed) in self.counts.items()
        }


def _figure(right: int, wrong: int, missed: int, precise: bool) -> dict[str, float | int]:
    figure: dict[str, float | int] = {"recall": _share(right, right + missed), "right": right, "missed": missed}
    return {"precision": _share(right, right + wrong), **figure, "wrong": wrong} if precise else figure


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 1.0


def run(shared: Path) -> dict[str, Any]:
    """The figures of the product and, under `floor`, those of the naive reader. `shared` holds the `data` folder."""
    figures = measure(shared, product)
    return {**figures, "floor": measure(shared, naive)}


def measure(shared: Path, reader: Reader, *, forms: bool = True) -> dict[str, Any]:
    """Precision and recall per field of one reader, and its milliseconds of processor time a page. Without `forms` the
    pages whose forms alone are labelled are left out."""
    tally, times = Tally(), []

    def timed(html: bytes, url: str) -> Answer:
        started = time.process_time()
        answer = reader(html, url)
        times.append((time.process_time() - started) * 1000)
        return answer

    timed(b"<p itemscope>warm up", "https://example.com/")
    times.clear()
    data = shared / "data"
    _company_pages(data / "company_pages", timed, tally)
    _organization_pages(data / "jsonld_pages", timed, tally)
    if forms:
        _form_pages(data / "form_pages", timed, tally)
    times.sort()
    pace = {
        "pages": len(times),
        "p50_cpu_ms": round(times[len(times) // 2], 1),
        "p95_cpu_ms": round(times[len(times) * 95 // 100], 1),
    }
    return {**tally.figures(frozenset({"emails"})), **pace}


# The sets and how their labels are compared


def _company_pages(folder: Path, reader: Reader, tally: Tally) -> None:
    labels: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in _rows(folder / "entities.csv"):
        labels[row["page"]].append((row["type"], row["text"]))
    pages = _pages(folder)
    for row in _rows(folder / "pages.csv"):
        answer = reader(pages[row["page"]], f"http://{row['site'] or 'unknown.invalid'}/")
        _compare_contacts(answer, labels[row["page"]], tally)
        _compare_names(answer, labels[row["page"]], tally)


def _compare_contacts(answer: Answer, labels: list[tuple[str, str]], tally: Tally) -> None:
    written = [text for kind, text in labels if kind in ("TEL", "FAX") and len(_digits(text)) >= _PHONE_DIGITS]
    expected = {e164(text, answer.regions) or _digits(text) for text in written}
    found = set(answer.phones)
    matched = {(number, label) for number in found for label in expected if _same_number(number, label)}
    right = {label for _, label in matched}
    wrong = found - {number for number, _ in matched}
    tally.add("phones", len(right), len(wrong), len(expected - right))
    addresses = {_plain_email(text) for kind, text in labels if kind == "EMAIL"}
    tally.sets("emails", {text.lower() for text in answer.emails}, addresses)
    for part, kind in _PARTS.items():
        tally.sets(part, {compact(one.get(part, "")) for one in answer.addresses} - {""}, _texts(labels, kind))


def _compare_names(answer: Answer, labels: list[tuple[str, str]], tally: Tally) -> None:
    companies = {compact(bare_name(text)) for kind, text in labels if kind == "ORG"}
    if companies:
        name = compact(bare_name(answer.company_name))
        right = name in companies
        tally.add("company_name", int(right), int(bool(name) and not right), int(not right))
    full = {person_key(text) for kind, text in labels if kind == "PER" and len(text.split()) > 1}
    every = full | {person_key(text) for kind, text in labels if kind == "PER"}
    found = {person_key(name) for name, _ in answer.people}
    tally.add("people", len(found & full), len(found - every), len(full - found))
    pairs = _titled(labels)
    said = {(person_key(name), compact(title)) for name, title in answer.people if title}
    right_pairs = {pair for pair in pairs if any(_same_title(pair, other) for other in said)}
    titles = _texts(labels, "FUNC")
    wrong = {
        (name, title) for name, title in said if name not in every or not any(_overlap(title, one) for one in titles)
    }
    tally.add("people_with_title", len(right_pairs), len(wrong), len(pairs - right_pairs))


def _titled(labels: list[tuple[str, str]]) -> set[tuple[str, str]]:
    """Full names directly followed by a title, as marked on the page."""
    return {
        (person_key(text), compact(following))
        for (kind, text), (next_kind, following) in pairwise(labels)
        if kind == "PER" and next_kind == "FUNC" and len(text.split()) > 1
    }


def _same_title(pair: tuple[str, str], other: tuple[str, str]) -> bool:
    return pair[0] == other[0] and _overlap(pair[1], other[1])


def _overlap(one: str, other: str) -> bool:
    return bool(one and other) and (one in other or other in one)


def _same_number(number: str, label: str) -> bool:
    """Equal in E.164, or the label's digits are the number's end (labels of countries the page does not name)."""
    digits = _digits(label)
    return number == label or (not label.startswith("+") and _digits(number).endswith(digits.lstrip("0")))


def _organization_pages(folder: Path, reader: Reader, tally: Tally) -> None:
    """Each organisation of the page's JSON-LD; one counts as right when all its fields are."""
    pages = _pages(folder)
    for line in (folder / "expected.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        answer = reader(pages[row["page"]], f"https://{row['site']}/")
        found = [_normal(one) for one in answer.organizations]
        expected = [_normal(one) for one in row["organizations"]]
        tally.sets("jsonld_organizations", {_key(one) for one in found}, {_key(one) for one in expected})
        for name in _ORGANIZATION_FIELDS:
            tally.sets(
                f"jsonld_{name}",
                {_key([one["name"], one.get(name)]) for one in found if one.get(name)},
                {_key([one["name"], one.get(name)]) for one in expected if one.get(name)},
            )


def _normal(one: dict[str, Any]) -> dict[str, Any]:
    """An organisation with the fields compared, its addresses reduced to the five parts of a postal address."""
    made: dict[str, Any] = {}
    for name in _ORGANIZATION_FIELDS:
        value = one.get(name)
        if name == "address" and isinstance(value, dict):
            parts = ("streetAddress", "addressLocality", "addressRegion", "postalCode", "addressCountry")
            value = {part: value[part] for part in parts if value.get(part)}
        elif name == "same_as" and isinstance(value, list):
            value = sorted({text for text in value if text})
        if value := _tidy(value):
            made[name] = value
    return made


def _tidy(value: Any) -> Any:
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, dict):
        return {name: _tidy(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_tidy(one) for one in value]
    return value


def _form_pages(folder: Path, reader: Reader, tally: Tally) -> None:
    pages = _pages(folder)
    labels: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)
    for row in _rows(folder / "forms.csv"):
        kind = _FORM_KINDS.get(row["form_type"], row["form_type"])
        labels[row["page"], row["url"]][int(row["form_index"])] = kind
    for (page, url), kinds in labels.items():
        answer = reader(pages[page], url)
        found = {f"{at} {kind}" for at, kind in enumerate(answer.forms) if at in kinds}
        expected = {f"{at} {kind}" for at, kind in kinds.items()}
        for kind in ("contact", "mailing_list", "login", "registration", "search"):
            tally.sets(f"form_{kind}", _of_kind(found, kind), _of_kind(expected, kind))


def _of_kind(values: set[str], kind: str) -> set[str]:
    return {value for value in values if value.endswith(f" {kind}")}


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _pages(folder: Path) -> dict[str, bytes]:
    with tarfile.open(folder / "pages.tar.gz") as archive:
        files = [(member, archive.extractfile(member)) for member in archive.getmembers() if member.isfile()]
        return {member.name.removeprefix("./"): file.read() for member, file in files if file}


def _texts(labels: Iterable[tuple[str, str]], wanted: str) -> set[str]:
    return {compact(text) for kind, text in labels if kind == wanted} - {""}


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _plain_email(text: str) -> str:
    return text.lower().replace("[at]", "@").replace("[dot]", ".")


def _key(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


# The two readers


def product(html: bytes, url: str) -> Answer:
    facts: PageFacts = read_page(html, url, REGION)
    made = site_json("", facts)
    json_ld = [
        one
        for one, from_page in zip(made["organizations"], facts.organizations, strict=True)
        if from_page.found.method == "json_ld"
    ]
    return Answer(
        company_name=made["company_name"],
        emails=made["emails"],
        phones=made["phones"],
        people=[(person["name"], person["title"]) for person in made["people"]],
        addresses=made["addresses"],
        organizations=json_ld,
        forms=[found.value for found in facts.forms],
        regions=facts.regions,
    )


_PHONE = re.compile(r"(?:\+?1[-. ]?)?\(?\d{3}\)?[-. ]?\d{3}[-. ]?\d{4}")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_TITLE = re.compile(r"<title[^>]*>([^<|–—-]*)", re.IGNORECASE)
_PERSON = re.compile(r"\b([A-Z][a-z]+ [A-Z][a-z]+), ([A-Z][\w ]{2,40})")
_ADDRESS = re.compile(r"(\d+ [A-Z][\w .]{3,40}), ([A-Z][\w ]+), ([A-Z]{2}) (\d{5})")
_JSON_LD = re.compile(
    r"""<script[^>]*type=["']application/ld\+json["'][^>]*>(.*?)</script>""", re.IGNORECASE | re.DOTALL
)
_FORM = re.compile(r"<form.*?</form>", re.IGNORECASE | re.DOTALL)


def naive(html: bytes, url: str) -> Answer:
    """What a few regular expressions over the source find: the floor."""
    text = html.decode("utf-8", "replace")
    plain = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text))
    title = _TITLE.search(text)
    return Answer(
        company_name=" ".join(title[1].split()) if title else "",
        emails=sorted({address for match in _EMAIL.findall(text) if (address := valid_email(match))}),
        phones=sorted({number for match in _PHONE.findall(plain) if (number := e164(match, (REGION,)))}),
        people=_PERSON.findall(plain),
        addresses=[
            dict(zip(("street", "city", "state", "zip"), parts, strict=True)) for parts in _ADDRESS.findall(plain)
        ],
        organizations=[one for block in _JSON_LD.findall(text) for one in _naive_organizations(block)],
        forms=[
            "login" if "password" in form.lower() else "contact" if "textarea" in form.lower() else "search"
            for form in _FORM.findall(text)
        ],
    )


_SCHEMA_NAMES = {
    **{name: name for name in ("name", "url", "telephone", "email", "address")},
    "same_as": "sameAs",
    "contact_points": "contactPoint",
}


def _naive_organizations(block: str) -> list[dict[str, Any]]:
    """Organisations at the top of a well-formed block."""
    try:
        data = json.loads(block)
    except ValueError:
        return []
    nodes = data if isinstance(data, list) else [data]
    return [
        {ours: node.get(theirs) for ours, theirs in _SCHEMA_NAMES.items()}
        for node in nodes
        if isinstance(node, dict) and "Organization" in str(node.get("@type")) and node.get("name")
    ]


def main(shared: Annotated[Path, typer.Option(help="The folder that holds `data`.")] = Path("../shared")) -> None:
    """Print the figures as one JSON object."""
    typer.echo(json.dumps(run(shared), indent=2))


if __name__ == "__main__":
    typer.run(main)
