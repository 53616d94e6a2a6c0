"""What belongs to the demo world: its companies live under a top level that no real company can have (RFC 2606)."""


def of_demo_world(domain: str) -> bool:
    """Whether a domain is one of the demo world's."""
    return domain.casefold().rstrip(".").endswith(".example")
