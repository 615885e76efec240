"""Playwright's ``expect`` for tests that are read, and skipped, where Playwright is missing."""

from typing import Any


def expect(found: Any) -> Any:
    """What a locator or a page is expected to become; waits for it."""
    from playwright import sync_api

    return sync_api.expect(found)
