"""Enrichment by outside services: what a record goes through, one file a kind of record."""
