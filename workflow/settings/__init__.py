"""``workflow.toml`` as a value. Nothing here opens the file (``stores.project`` does)."""

from workflow.settings.keys import TAG
from workflow.settings.reading import parse_settings
from workflow.settings.values import Service, Settings

__all__ = ["TAG", "Service", "Settings", "parse_settings"]
