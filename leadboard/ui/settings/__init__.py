"""A workspace's settings: its members, invitations, and further workspaces."""
