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


_PROGRAM = """
import gc
import sqlmodel
from leadboard import memory
before = len(gc.get_objects())
memory.settle()
print(before, len(gc.get_objects()))
"""
