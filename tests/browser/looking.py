"""One careful look at a page: what it asks of the network, what axe finds, whether it fits."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ViewportSize

from tests.browser.reading import Reader

WIDTHS = (1280, 390, 320)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_TALL = 2400
# The frame of a page is as high as the window; what scrolls is the main part.
_WIDER_THAN_THE_WINDOW = """() => {
    const main = document.querySelector('[data-testid="stMain"]') || document.documentElement;
    const width = main.clientWidth;
    if (Math.max(main.scrollWidth, document.documentElement.scrollWidth) <= width) return [];
    return [...main.querySelectorAll("*")]
        .filter(one => one.getBoundingClientRect().right > width + 1)
        .map(one => `${one.tagName} .${one.className}`);
}"""


@dataclass(frozen=True)
class Look:
    """What was found on one page: by width where the width matters."""

    title: str
    violations: Mapping[int, list[str]]
    sticking_out: Mapping[int, list[str]]
    asked: list[str]
    complained: list[str]


def look(
    reader: Reader, screenshots: Path, name: str, rearrange: Callable[[], object] = lambda: None
) -> Look:
    """Looks at the page that is open, at each width.

    Args:
        reader: has the page open.
        screenshots: where a picture of the page goes, for each of the two usual widths.
        name: what the pictures are called.
        rearrange: puts the page into the state that is looked at, after each change of width.
    """
    violations: dict[int, list[str]] = {}
    sticking_out: dict[int, list[str]] = {}
    for width in WIDTHS:
        reader.page.set_viewport_size(ViewportSize(width=width, height=_TALL))
        rearrange()
        reader.stand_still()
        sticking_out[width] = reader.page.evaluate(_WIDER_THAN_THE_WINDOW)
        if width != WIDTHS[-1]:
            violations[width] = broken_rules(reader)
            reader.page.screenshot(path=screenshots / f"{name}-{width}.png")
    return Look(
        reader.page.title(), violations, sticking_out, reader.asked_elsewhere, reader.troubles
    )


def broken_rules(reader: Reader) -> list[str]:
    """Each serious or critical violation that axe finds, with where and why."""
    found: Any = Axe().run(reader.page, options={"runOnly": RULES}).response
    return [
        f"{fault['impact']} {fault['id']}: {node['target']} {node['failureSummary']}"
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]
