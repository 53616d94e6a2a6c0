"""As much of SPARQL as companies are asked for with: groups, VALUES, UNION, OPTIONAL, FILTER NOT EXISTS, paths, a query
within a query, and the label service of Wikidata. Anything else is a `Malformed` question."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from typing import NamedTuple

import orjson

PREFIXES = {
    "wd": "http://www.wikidata.org/entity/",
    "wdt": "http://www.wikidata.org/prop/direct/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "wikibase": "http://wikiba.se/ontology#",
    "bd": "http://www.bigdata.com/rdf#",
}
LABEL = f"{PREFIXES['rdfs']}label"

_TOKEN = re.compile(
    r"""\s*(?:(?P<iri><[^<>"{}|^`\\\s]*>)|(?P<text>"(?:[^"\\\n]|\\.)*")(?:@(?P<language>[a-zA-Z-]+))?"""
    r"""|(?P<variable>\?\w+)|(?P<number>\d+)|(?P<name>[A-Za-z]\w*:\w+)|(?P<word>[A-Za-z]\w*)|(?P<mark>[{}().;/|*?+]))"""
)


class Malformed(ValueError):
    """The question is none, or one of a kind that nobody asks here."""


class Term(NamedTuple):
    """A thing (`uri`) or a value (`literal`)."""

    kind: str
    value: str
    language: str = ""
    datatype: str = ""

    @property
    def json(self) -> dict[str, str]:
        """As an answer has it."""
        more = {"xml:lang": self.language, "datatype": self.datatype}
        return {name: said for name, said in more.items() if said} | {"type": self.kind, "value": self.value}


Solution = dict[str, Term]
Step = Callable[[Iterable[Solution]], Iterable[Solution]]
Path = Callable[[Term], Iterable[Term]]


class Graph:
    """Statements: who, by which property, what."""

    def __init__(self, statements: Iterable[tuple[Term, str, Term]]) -> None:
        self._said: dict[str, dict[Term, list[Term]]] = {}
        for subject, predicate, said in statements:
            self._said.setdefault(predicate, {}).setdefault(subject, []).append(said)

    def of(self, subject: Term, predicate: str) -> list[Term]:
        """What is said of a subject."""
        return self._said.get(predicate, {}).get(subject, [])

    def subjects(self, predicates: Iterable[str]) -> Iterable[Term]:
        """Everything of which any of these is said, each once."""
        return dict.fromkeys(chain.from_iterable(self._said.get(each, {}) for each in predicates))


@dataclass(frozen=True)
class Found:
    """What a question brought: the truth of an ASK, or rows of these variables."""

    variables: tuple[str, ...]
    rows: tuple[Solution, ...]
    boolean: bool | None = None

    @property
    def json(self) -> dict[str, object]:
        """As `application/sparql-results+json`."""
        if self.boolean is not None:
            return {"head": {}, "boolean": self.boolean}
        bindings = [{name: row[name].json for name in self.variables if name in row} for row in self.rows]
        return {"head": {"vars": list(self.variables)}, "results": {"bindings": bindings}}


def answer(query: str, graph: Graph) -> Found:
    """What the graph says to a question. Raises `Malformed`."""
    return _Reader(query, graph).query()


class _Reader:
    """Reads a question once, from left to right, into the steps that answer it."""

    def __init__(self, query: str, graph: Graph) -> None:
        self._tokens = _tokens(query)
        self._at = 0
        self._graph = graph

    def query(self) -> Found:
        if self._take("ASK"):
            return Found((), (), bool(list(self._group()([{}]))))
        found = self._select()
        if self._at < len(self._tokens):
            raise Malformed(f"Nothing was expected after the query, but {self._peek()!r} was found.")
        return found

    def _select(self) -> Found:
        self._need("SELECT")
        distinct = self._take("DISTINCT")
        variables = tuple(self._while(lambda: self._peek().startswith("?")))
        self._take("WHERE")
        rows: Iterable[Solution] = self._group()([{}])
        rows = [{name: row[name] for name in variables if name in row} for row in rows]
        if distinct:
            rows = {tuple(sorted(row.items())): row for row in rows}.values()
        if self._take("ORDER"):
            self._need("BY")
            by = self._next()
            rows = sorted(rows, key=lambda row: row.get(by, Term("", "")))
        limit, offset = None, 0
        while self._peek() in ("LIMIT", "OFFSET"):
            if self._next() == "LIMIT":
                limit = int(self._next())
            else:
                offset = int(self._next())
        cut = islice(rows, offset, None if limit is None else offset + limit)
        return Found(tuple(name[1:] for name in variables), tuple({n[1:]: said for n, said in r.items()} for r in cut))

    def _group(self) -> Step:
        """Everything between braces, one after the other; labels last, when all else is known."""
        self._need("{")
        steps: list[Step] = []
        labels: list[Step] = []
        while not self._take("}"):
            if self._take("SERVICE"):
                labels.append(self._labels())
            else:
                steps.append(self._element())
        return _one_after_the_other([*steps, *labels])

    def _element(self) -> Step:
        if self._take("VALUES"):
            return self._values()
        if self._take("OPTIONAL"):
            inner = self._group()
            return lambda rows: (found for row in rows for found in (list(inner([row])) or [row]))
        if self._take("FILTER"):
            self._need("NOT")
            self._need("EXISTS")
            inner = self._group()
            return lambda rows: (row for row in rows if not any(True for _ in inner([row])))
        return self._union() if self._peek() == "{" else self._statement()

    def _values(self) -> Step:
        name = self._next()
        self._need("{")
        terms = [self._term(token) for token in self._while(lambda: self._peek() != "}")]
        self._need("}")
        return lambda rows: ({**row, name: term} for row in rows for term in terms if row.get(name, term) == term)

    def _union(self) -> Step:
        ways = [self._way()]
        while self._take("UNION"):
            ways.append(self._way())
        return lambda rows: (found for row in list(rows) for way in ways for found in way([row]))

    def _way(self) -> Step:
        if self._peek(1) != "SELECT":
            return self._group()
        self._need("{")
        inner = [{f"?{name}": said for name, said in row.items()} for row in self._select().rows]
        self._need("}")
        return lambda rows: ({**row, **each} for row in rows for each in inner if _agree(row, each))

    def _statement(self) -> Step:
        """`?c wdt:P31/wdt:P279* wd:Q4830453 ; wdt:P17 ?in .`"""
        subject = self._next()
        steps = []
        while True:
            first, path = self._path()
            steps.append(self._triple(subject, first, path, self._next()))
            if not self._take(";"):
                self._take(".")
                return _one_after_the_other(steps)

    def _triple(self, subject: str, first: list[str], path: Path, said: str) -> Step:
        def step(rows: Iterable[Solution]) -> Iterator[Solution]:
            for row in rows:
                known, wanted = self._known(subject, row), self._known(said, row)
                for each in [known] if known else self._graph.subjects(first):
                    for found in path(each):
                        if wanted is None or wanted == found:
                            yield {**row, subject: each, said: found}

        return step

    def _path(self) -> tuple[list[str], Path]:
        """The properties with which a path may begin, and the way it goes from a thing."""
        first, path = self._steps()
        while self._take("|"):
            more, other = self._steps()
            first, path = [*first, *more], _either(path, other)
        return first, path

    def _steps(self) -> tuple[list[str], Path]:
        first, path = self._step()
        while self._take("/"):
            path = _then(path, self._step()[1])
        return first, path

    def _step(self) -> tuple[list[str], Path]:
        predicate = self._term(self._next()).value
        path: Path = lambda each: self._graph.of(each, predicate)  # noqa: E731
        if self._take("*"):
            return [predicate], _any_number(path)
        return [predicate], _either(lambda each: [each], path) if self._take("?") else path

    def _labels(self) -> Step:
        """`?xLabel` is the name of `?x`, or the end of its address where it has none."""
        self._need("wikibase:label")
        self._need("{")
        list(self._while(lambda: self._peek() != "}"))
        self._need("}")

        def label(thing: Term) -> Term:
            ref = Term("literal", thing.value.rpartition("/")[2])
            return next(iter(self._graph.of(thing, LABEL)), ref)

        return lambda rows: (row | {f"{name}Label": label(row[name]) for name in list(row)} for row in rows)

    def _known(self, token: str, row: Mapping[str, Term]) -> Term | None:
        return row.get(token) if token.startswith("?") else self._term(token)

    def _term(self, token: str) -> Term:
        if token.startswith("<"):
            return Term("uri", token[1:-1])
        if token.startswith('"'):
            said, _, language = token.rpartition('"')
            return Term("literal", orjson.loads(f'{said}"'), language.removeprefix("@"))
        prefix, _, name = token.partition(":")
        if prefix not in PREFIXES or not name:
            raise Malformed(f"A name was expected, but {token!r} was found.")
        return Term("uri", PREFIXES[prefix] + name)

    def _peek(self, further: int = 0) -> str:
        at = self._at + further
        return self._tokens[at] if at < len(self._tokens) else ""

    def _next(self) -> str:
        token = self._peek()
        if not token:
            raise Malformed("The query ends too early.")
        self._at += 1
        return token

    def _take(self, token: str) -> bool:
        found = self._peek() == token
        self._at += found
        return found

    def _need(self, token: str) -> None:
        if not self._take(token):
            raise Malformed(f"{token!r} was expected, but {self._peek()!r} was found.")

    def _while(self, goes_on: Callable[[], bool]) -> Iterator[str]:
        while goes_on():
            yield self._next()


def _tokens(query: str) -> list[str]:
    """Words in capitals where the language has them; the rest as it stands."""
    tokens, at, query = [], 0, query.rstrip()
    while at < len(query):
        found = _TOKEN.match(query, at)
        if not found:
            raise Malformed(f"Nothing can be read from {query[at : at + 20]!r} on.")
        token = found[0].strip()
        tokens.append(token.upper() if found["word"] else token)
        at = found.end()
    return tokens


def _one_after_the_other(steps: list[Step]) -> Step:
    def step(rows: Iterable[Solution]) -> Iterable[Solution]:
        for each in steps:
            rows = each(rows)
        return rows

    return step


def _agree(one: Solution, other: Solution) -> bool:
    return all(one[name] == other[name] for name in one.keys() & other.keys())


def _either(one: Path, other: Path) -> Path:
    return lambda each: dict.fromkeys([*one(each), *other(each)])


def _then(one: Path, other: Path) -> Path:
    return lambda each: dict.fromkeys(far for near in one(each) for far in other(near))


def _any_number(path: Path) -> Path:
    def reached(start: Term) -> Iterable[Term]:
        seen, waiting = {start: None}, [start]
        while waiting:
            for each in path(waiting.pop()):
                if each not in seen:
                    seen[each] = None
                    waiting.append(each)
        return seen

    return reached
