"""The sheet of shortcuts tells what the pages have, and each key means one thing."""

import re
from collections import Counter
from pathlib import Path

import leadboard.ui
from leadboard.ui.components.board_switch import BOARDS
from leadboard.ui.components.shortcuts import SHORTCUTS
from leadboard.ui.shell import more, places

SOURCES = Path(leadboard.ui.__file__).parent.rglob("*.py")
IN_CONTROLS = re.compile(r'"data-key": "([^"]+)"')
IN_ITEMS = re.compile(r'\bkey="(\w)"')
STEPS = re.compile(r'_step\(.*, "(\w)"\)')

TOLD = [key for _, keys in SHORTCUTS for key, _ in keys]


def on_pages() -> Counter[str]:
    """How often each key is on a control, over all pages."""
    source = "\n".join(path.read_text() for path in SOURCES)
    chords = [*(place.chord for place in (*places(), *more())), *(chord for *_, chord in BOARDS)]
    named = [key for kind in (IN_CONTROLS, IN_ITEMS, STEPS) for key in kind.findall(source)]
    return Counter([*named, *filter(None, chords)])


def test_every_key_of_a_control_is_told_and_none_twice():
    assert set(on_pages()) <= set(TOLD), "a shortcut that the sheet does not tell"
    assert len(TOLD) == len(set(TOLD))


def test_a_key_is_on_one_control_or_on_the_same_one_of_several_pages():
    twice = {key for key, times in on_pages().items() if times > 1}
    assert twice <= {"[", "mod+s"}, "two controls of one page would answer to one key"
