"""Uploaded tables: what a file holds, its rows, what its columns mean, and its cells as values.

Pure: every function takes an open file or values, none knows where they came from.
"""

from leadboard.domain.tabular.cells import Headcount, Money, Place, Problem, Value, parse
from leadboard.domain.tabular.export import write_csv
from leadboard.domain.tabular.fields import Field
from leadboard.domain.tabular.layout import Habit, Layout, Row
from leadboard.domain.tabular.mapping import guess_mapping
from leadboard.domain.tabular.preview import Preview, preview
from leadboard.domain.tabular.reading import read
from leadboard.domain.tabular.record import Record, record_reader

__all__ = [
    "Field",
    "Habit",
    "Headcount",
    "Layout",
    "Money",
    "Place",
    "Preview",
    "Problem",
    "Record",
    "Row",
    "Value",
    "guess_mapping",
    "parse",
    "preview",
    "read",
    "record_reader",
    "write_csv",
]
