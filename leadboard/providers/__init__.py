"""One file per outside service, and the guarded fetcher that every address from outside goes through."""
