"""One lead over the board: its package with sources, claims, contacts, timeline and receipts."""
