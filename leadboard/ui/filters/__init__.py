"""Filters of a board: its state, and the bar above the board."""
