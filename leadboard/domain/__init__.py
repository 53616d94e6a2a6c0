"""Rules: plain functions and frozen dataclasses. No I/O, no clock, no randomness; both are passed in."""
