"""The Sales board."""
