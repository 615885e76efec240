"""A served dashboard and a real browser for it."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.serving import Site, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser.reading import Reader

# So that nothing but the page itself reaches for the network.
_QUIETLY = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_PATIENCE_MS = 30_000

Enter = Callable[..., "Reader"]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One dashboard for all tests that keep to a trust of their own, or only look."""
    with served(tmp_path_factory.mktemp("site")) as running:
        yield running


# For one file only: while Playwright runs, nothing else in the process can use asyncio.
@pytest.fixture(scope="module")
def chrome(chromium: str) -> "Iterator[Browser]":
    """A real browser without a window."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=_PATIENCE_MS)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=chromium, headless=True, args=_QUIETLY
        )
        yield launched
        launched.close()


@pytest.fixture
def enter(chrome: "Browser", site: Site) -> Iterator[Enter]:
    """Lets somebody in with a browser profile of their own: ``enter(subject)``, or a stranger."""
    from tests.browser.reading import Reader

    entered: list[Reader] = []

    def let_in(
        subject: str | None = None, width: int = 1280, height: int = 1600, at: Site = site
    ) -> Reader:
        context = chrome.new_context(viewport={"width": width, "height": height})
        context.set_default_timeout(_PATIENCE_MS)
        reader = Reader(context, context.new_page(), at.address)
        entered.append(reader)
        if subject is not None:
            reader.sign_in(subject)
        return reader

    yield let_in
    for reader in entered:
        reader.leave()
