"""The demo world: companies and people that do not exist, and the services and websites that know them."""
