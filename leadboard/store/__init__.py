"""The store: tables, queries and verbs. The only meeting place of the engine and the web app."""
