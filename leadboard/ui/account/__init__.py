"""A person's own page: password, and the browsers they are signed in with."""
