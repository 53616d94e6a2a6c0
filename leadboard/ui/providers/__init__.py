"""Outside services: keys, whether they work, what they cost."""
