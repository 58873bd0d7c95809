"""``workflow.toml`` as a value. Nothing here opens the file (``stores.project`` does)."""

from workflow.settings.keys import TAG
from workflow.settings.leaks import KEY_HINT, find_keys
from workflow.settings.reading import parse_settings
from workflow.settings.values import Budget, Place, Service, Settings

__all__ = [
    "KEY_HINT",
    "TAG",
    "Budget",
    "Place",
    "Service",
    "Settings",
    "find_keys",
    "parse_settings",
]
