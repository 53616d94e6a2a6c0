"""The pages: the only place, with `leadboard.py`, that imports reflex."""
