"""The ideal customer profile: a first form; saving it scores every lead."""
