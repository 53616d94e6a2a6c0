"""Takes out of a built stylesheet what no page can draw: Radix Themes ships the rules of all its components.

A class of Radix names its component (`rt-DialogContent`) or the property it sets (`rt-r-max-w`, `rt-r-size-2`). The
built scripts hold those of the components that pages use, and the words before the value of such a property. The same
from some width on is `md:rt-r-size-2`: a page that has it names the width, in an object of values.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import tinycss2

_CLASS = re.compile(r"rt-(?:r(?:-[a-z]+)+|[A-Z]\w*)")
_WIDTHS = ("xs", "sm", "md", "lg", "xl")
_VALUE_BY_WIDTH = re.compile(rf"""[{{,]\s*["'`]?({"|".join(_WIDTHS)})["'`]?\s*:""")
_BLOCKS = {"media", "supports", "layer", "container"}
_ANY_OF = {"is", "where", "has"}


def classes(script: str) -> set[str]:
    """The classes of Radix that stand in a script, and the widths (`md:`) that it gives values for."""
    return {*_CLASS.findall(script), *(f"{width}:" for width in _VALUE_BY_WIDTH.findall(script))}


def trim(css: str, drawn: set[str]) -> str:
    """The stylesheet without the selectors that need a class of Radix that is not among those drawn."""
    return "".join(_kept(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), drawn))


def _kept(rules: Sequence[Any], drawn: set[str]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [each for each in _alternatives(rule.prelude) if _can_match(each, drawn)]
            if selectors:
                yield f"{','.join(map(tinycss2.serialize, selectors))}{{{tinycss2.serialize(rule.content)}}}"
        elif rule.type == "at-rule" and rule.lower_at_keyword in _BLOCKS and rule.content is not None:
            inner = "".join(_kept(tinycss2.parse_rule_list(rule.content, True, True), drawn))
            if inner:
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}"
        else:
            yield rule.serialize()


def _alternatives(tokens: Iterable[Any]) -> list[list[Any]]:
    parts: list[list[Any]] = [[]]
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _can_match(selector: Sequence[Any], drawn: set[str]) -> bool:
    before = None
    for token in selector:
        if token.type == "ident" and before == "." and not _is_drawn(token.value, drawn):
            return False
        if token.type == "function" and token.lower_name in _ANY_OF and not _any_of(token.arguments, drawn):
            return False
        before = token.value if token.type == "literal" else None
    return True


def _any_of(tokens: Iterable[Any], drawn: set[str]) -> bool:
    return any(_can_match(each, drawn) for each in _alternatives(tokens))


def _is_drawn(name: str, drawn: set[str]) -> bool:
    found = _CLASS.search(name)
    if found is None:
        return True
    width = name[: name.find(":") + 1]
    if width.removesuffix(":") in _WIDTHS and width not in drawn:
        return False
    if found[0] in drawn:
        return True
    words = found[0].split("-")
    return words[1] == "r" and any("-".join(words[:many]) in drawn for many in range(3, len(words)))
