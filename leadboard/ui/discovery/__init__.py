"""Discover: what a search for companies would ask, and how the one under way goes."""
