"""A press release in, every language of the newsroom out."""

__version__ = "0.1.0"
