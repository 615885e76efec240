"""Settings from the environment, read in this one place."""

from benchmarking.settings.model import (
    LOCAL,
    ROOT,
    Mode,
    Settings,
    SettingsError,
    WayIn,
    reached_at,
)
from benchmarking.settings.reading import gather, read

__all__ = [
    "LOCAL",
    "ROOT",
    "Mode",
    "Settings",
    "SettingsError",
    "WayIn",
    "gather",
    "reached_at",
    "read",
]
