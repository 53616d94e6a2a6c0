"""Finding contacts: what it would bring and cost before, how it goes, and what it came to."""
