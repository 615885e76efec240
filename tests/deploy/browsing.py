"""A real browser that finds the deployed service under its name, as one visitor."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.deploy.proxy import NAME
from tests.deploy.visiting import Visitor

if TYPE_CHECKING:
    from tests.browser.reading import Reader

_QUIETLY = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
_PATIENCE_MS = 60_000


@contextmanager
def browsing(chromium: str, visitor: Visitor) -> "Iterator[Reader]":
    """A window with the visitor's cookies."""
    from playwright.sync_api import expect, sync_playwright

    from tests.browser.reading import Reader

    expect.set_options(timeout=_PATIENCE_MS)
    named = f"--host-resolver-rules=MAP {NAME} 127.0.0.1"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=chromium, headless=True, args=[*_QUIETLY, named]
        )
        # Its certificate is ours, and this machine's browser does not know it.
        context = launched.new_context(
            ignore_https_errors=True, viewport={"width": 1280, "height": 1600}
        )
        context.set_default_timeout(_PATIENCE_MS)
        context.add_cookies(
            [
                {"name": name, "value": value, "domain": NAME, "path": "/", "secure": True}
                for name, value in visitor.cookies.items()
            ]
        )
        yield Reader(context, context.new_page(), visitor.proxy.address)
        launched.close()
