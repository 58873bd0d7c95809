"""``workflow memory``: a sub-command is a module of this package."""
