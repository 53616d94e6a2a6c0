"""The HTTP side: the gate in front of everything, forms of people who sign in, health, and the API."""
