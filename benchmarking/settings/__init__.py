"""Settings from the environment, read in this one place."""

from benchmarking.settings.model import LOCAL, ROOT, Mode, Settings, SettingsError, WayIn
from benchmarking.settings.reading import gather, read

__all__ = ["LOCAL", "ROOT", "Mode", "Settings", "SettingsError", "WayIn", "gather", "read"]
