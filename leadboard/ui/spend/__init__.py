"""What was spent, what it brought, and what may be spent."""
