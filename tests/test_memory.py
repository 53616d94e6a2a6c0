"""What a running process leaves to the garbage collector."""

import subprocess
import sys


def test_a_settled_process_does_not_look_through_its_program_again() -> None:
    told = subprocess.run(
        [sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True, timeout=60
    ).stdout.split()
    before, after = map(int, told)
    assert before > 50_000
    assert after < before / 100


def test_collecting_pauses_while_a_program_loads_and_goes_on_when_it_has_settled() -> None:
    program = "import gc; from leadboard import memory as m; m.load(); was = gc.isenabled(); m.settle()"
    told = subprocess.run(
        [sys.executable, "-c", f"{program}; print(was, gc.isenabled())"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout
    assert told.split() == ["False", "True"]


_PROGRAM = """
import gc
import sqlmodel
from leadboard import memory
before = len(gc.get_objects())
memory.settle()
print(before, len(gc.get_objects()))
"""
