"""The skills that make a profile out of a website."""
