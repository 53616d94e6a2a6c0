"""What several tests share: servers of their own on free ports, worlds of rows."""
