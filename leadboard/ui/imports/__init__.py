"""Bringing in a list: choose a file, see how it was read, import, look at what became of every row, take it back."""
