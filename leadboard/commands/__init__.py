"""What the `leadboard` command does, one module per command that is more than a line."""
