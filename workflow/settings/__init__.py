"""``workflow.toml`` as a value. Nothing here opens the file (``stores.project`` does)."""

from workflow.settings.keys import TAG
from workflow.settings.reading import parse_settings
from workflow.settings.values import Budget, Service, Settings

__all__ = ["TAG", "Budget", "Service", "Settings", "parse_settings"]
