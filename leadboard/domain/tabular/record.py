"""A row as values of fields: what an import works with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from leadboard.domain.tabular.cells import Problem, Value, parse
from leadboard.domain.tabular.fields import Field
from leadboard.domain.tabular.layout import Habit, Layout, Row
from leadboard.errors import Refused


@dataclass(frozen=True)
class Record:
    """What one row says. Empty cells are absent; so are bad ones, each with a sentence in `problems`."""

    values: Mapping[Field, Value]
    problems: tuple[str, ...] = ()


def record_reader(layout: Layout, mapping: Mapping[str, str], region: str = "") -> Callable[[Row], Record]:
    """A function that turns rows of the layout into records.

    `mapping` is column -> field; `region` (ISO alpha-2) is the country of phone numbers without a +. Refuses a column
    the file does not have and a field that two columns claim.
    """
    usual = Habit(decimal="," if layout.delimiter == ";" else ".")
    columns: list[tuple[int, str, Field, Habit]] = []
    for column, name in mapping.items():
        if column not in layout.header:
            raise Refused(f"The file has no column “{column}”. Check the mapping.", field="mapping")
        if name not in tuple(Field):
            raise Refused(f"“{name}” is not a field a column can fill.", field="mapping")
        if any(field == name for _, _, field, _ in columns):
            raise Refused(f"Two columns are mapped to “{Field(name).label}”. Choose one.", field="mapping")
        habit = replace(layout.habits.get(column, usual), region=region)
        columns.append((layout.header.index(column), column, Field(name), habit))

    def read_record(row: Row) -> Record:
        values: dict[Field, Value] = {}
        problems: list[str] = []
        for at, column, field, habit in columns:
            match parse(field, row.cells[at], habit):
                case None:
                    pass
                case Problem(sentence):
                    problems.append(f"Row {row.number}, column “{column}”: {sentence}")
                case value:
                    values[field] = value
        return Record(values, tuple(problems))

    return read_record
