"""What a production server must not be: easy to imitate, open by accident, or talkative."""

import re
import tomllib
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from benchmarking.settings import secret
from benchmarking.settings.model import ROOT, Settings

# Gives the value of a setting of Streamlit's, such as "server.port".
Option = Callable[[str], object]

# As .streamlit/config.toml ships them, and why nothing else is served to real people.
_STREAMLIT = {
    "client.showErrorDetails": ("none", "readers would see the inside of a fault"),
    "client.showErrorLinks": ("false", "our faults would be searched for elsewhere"),
    "server.enableAgentApi": ("false", "programs could drive the pages from outside"),
    "server.enableStaticServing": ("false", "a folder would be open to everybody"),
    "server.enableXsrfProtection": ("true", "other sites could send files in our name"),
    "server.enableCORS": ("true", "other sites could read our answers"),
    "global.developmentMode": ("false", "the pages would come from elsewhere"),
}


def problems(found: Settings, option: Option) -> list[str]:
    """Every setting with which nothing real may be served."""
    return [*secret.problems(found.secret), *_open_to_others(found), *_talkative(found, option)]


def as_set(environment: Mapping[str, str]) -> Option:
    """Streamlit's settings before it runs: from the environment, else as they are shipped."""
    shipped = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))

    def option(name: str) -> object:
        section, _, key = name.partition(".")
        snake = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", f"STREAMLIT_{section}_{key}").upper()
        return environment.get(snake, shipped.get(section, {}).get(key))

    return option


def _open_to_others(found: Settings) -> list[str]:
    if found.is_loopback or urlsplit(found.public_url).scheme == "https":
        return []
    return [
        f"BENCHMARK_PUBLIC_URL: others can reach the address {found.address[:80]}, so they need a "
        f"name that is answered, and TLS. Set the https:// address that people use."
    ]


def _talkative(found: Settings, option: Option) -> list[str]:
    told = []
    if found.log_level == "debug":
        told.append(
            "BENCHMARK_LOG_LEVEL: debug writes more than a log in service may hold. Use info."
        )
    if str(option("logger.level")).lower() == "debug":
        told.append(
            "Streamlit's logger.level is debug, which writes what people type. Leave it out."
        )
    for name, (value, why) in _STREAMLIT.items():
        set_to = option(name)
        if set_to is not None and str(set_to).lower() != value:
            told.append(
                f"Streamlit's {name} is {str(set_to)[:40]!r}: {why}. Leave it out, or set it to "
                f"{value}."
            )
    return told
