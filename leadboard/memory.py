"""The garbage collector of a long-lived process."""

import gc


def load() -> None:
    """Collect nothing until `settle`: what a start loads stays, and looking through it takes a tenth of the start."""
    gc.disable()


def settle() -> None:
    """Leave what the program is made of out of every later collection: looking through it takes 100 ms and more, in
    which the loop stands still. Call it when everything is loaded, before the work begins."""
    gc.collect()
    gc.freeze()
    gc.enable()
