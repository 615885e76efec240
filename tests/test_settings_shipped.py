"""The dashboard runs with the settings that .streamlit/config.toml ships, and they still exist."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit
from streamlit import config

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ROOT / ".streamlit" / "config.toml"


def options(section: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every option of the file as its dotted name and value."""
    for name, value in section.items():
        if isinstance(value, dict):
            yield from options(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value


OPTIONS = dict(options(tomllib.loads(SHIPPED.read_text(encoding="utf-8"))))


@pytest.fixture
def as_started(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Streamlit's settings as a server finds them that is started in the project's folder."""
    monkeypatch.chdir(ROOT)
    for option in OPTIONS:
        monkeypatch.delenv(config.get_config_options()[option].env_var, raising=False)
    config.get_config_options(force_reparse=True)
    yield
    monkeypatch.undo()
    config.get_config_options(force_reparse=True)


@pytest.mark.parametrize("option", OPTIONS)
def test_streamlit_still_has(option: str):
    assert option in config.get_config_options(), (
        f"This release of Streamlit has no {option}. Decide what takes its place in {SHIPPED.name}."
    )


@pytest.mark.usefixtures("as_started")
@pytest.mark.parametrize("option", OPTIONS)
def test_a_server_takes_from_our_file(option: str):
    assert config.get_option(option) == OPTIONS[option]
    assert config.get_where_defined(option) == str(SHIPPED)


@pytest.mark.parametrize(
    "option, value, why",
    [
        ("server.address", "localhost", "only this machine reaches it until somebody decides"),
        ("server.headless", True, "no browser is opened and no e-mail address asked for"),
        ("server.fileWatcherType", "none", "files do not change in service"),
        ("server.scriptHealthCheckEnabled", True, "a first deep link would meet a dead page"),
        ("server.enableWebsocketCompression", False, "packing a page costs more than sending it"),
        ("server.maxUploadSize", 50, "a file of survey replies; other fields take less"),
        ("server.maxMessageSize", 10, "a page far beyond 0.2 MB is a fault"),
        ("server.enableStaticServing", False, "files there would be open to everybody"),
        ("server.enableCORS", True, "other sites may not read our answers"),
        ("server.enableXsrfProtection", True, "other sites may not send uploads in our name"),
        ("server.enableAgentApi", False, "nobody drives the pages from outside"),
        ("logger.level", "warning", "until our log begins, only trouble is worth a line"),
        ("logger.hideWelcomeMessage", True, "a log is no place for a welcome"),
        ("browser.gatherUsageStats", False, "nothing about our readers leaves the server"),
        ("client.showErrorDetails", "none", "a reader never meets the inside of a fault"),
        ("client.showErrorLinks", False, "our errors are not searched for elsewhere"),
        ("client.toolbarMode", "minimal", "a single key would clear caches (WCAG 2.1.4)"),
        ("runner.postScriptGC", False, "it was nearly the whole cost of showing a page"),
        ("runner.magicEnabled", False, "a page shows what it says it shows"),
        ("theme.base", "light", "the colours were chosen for a white page"),
        ("theme.primaryColor", "#005EB8", "what can be pressed is NHS blue"),
        ("theme.linkColor", "#005EB8", "what can be followed is NHS blue"),
        ("theme.textColor", "#212B32", "text is NHS black"),
        ("theme.backgroundColor", "#FFFFFF", "the page is white"),
        ("theme.secondaryBackgroundColor", "#F0F4F5", "surfaces are pale grey"),
        ("theme.baseFontSize", 19, "text is as large as on NHS pages"),
    ],
)
def test_what_was_decided_is_shipped(option: str, value: Any, why: str):
    assert OPTIONS[option] == value, why


def lightness(colour: str) -> float:
    """Relative luminance of ``#RRGGBB``, 0 to 1, as WCAG 2.2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * p for weight, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((lightness(one), lightness(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ink", ["theme.textColor", "theme.primaryColor", "theme.linkColor"])
@pytest.mark.parametrize("paper", ["theme.backgroundColor", "theme.secondaryBackgroundColor"])
def test_words_can_be_read_on(ink: str, paper: str):
    assert contrast(OPTIONS[ink], OPTIONS[paper]) >= 4.5


@pytest.mark.parametrize("paper", ["theme.backgroundColor", "theme.secondaryBackgroundColor"])
def test_the_outline_of_a_field_can_be_seen_on(paper: str):
    assert contrast(OPTIONS["theme.borderColor"], OPTIONS[paper]) >= 3


@pytest.mark.parametrize("scale", ["theme.chartSequentialColors", "theme.chartDivergingColors"])
def test_streamlit_takes_a_scale_of_exactly_ten_colours(scale: str):
    assert len(OPTIONS[scale]) == 10


def test_the_sequential_scale_darkens_step_by_step():
    light = [lightness(colour) for colour in OPTIONS["theme.chartSequentialColors"]]
    assert light == sorted(light, reverse=True)


@pytest.mark.parametrize("option", ["runner.postScriptGC", "server.scriptHealthCheckEnabled"])
def test_streamlit_still_heeds_the_hidden(option: str):
    """An option may outlive the code that asked for it; these two are documented nowhere."""
    code = Path(streamlit.__file__).parent.rglob("*.py")
    assert any(f'get_option("{option}")' in file.read_text(encoding="utf-8") for file in code)
