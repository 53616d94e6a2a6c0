"""Several leads at once: the bar that says how many are selected, and what is done with them."""
