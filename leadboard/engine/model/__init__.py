"""The language model, on a leash: one gateway, and what it is asked to write."""
