"""The Enrichment board: what it shows (view), who looks and acts (state), how it is drawn (page)."""
