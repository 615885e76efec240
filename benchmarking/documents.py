"""Texts in ``docs/`` that are pages of the dashboard too, so that they read the same in both."""

from functools import cache

from benchmarking.settings import ROOT


@cache
def body(name: str) -> str:
    """A document in Markdown, without its first heading, which the page has already."""
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    first, _, rest = text.partition("\n")
    return rest.strip() if first.startswith("# ") else text
