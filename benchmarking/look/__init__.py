"""The look of every page: all sheets of this folder as one, under an address of its content."""

import hashlib
from pathlib import Path

_ORDER = (
    "page",
    "trends",
    "similar_trusts",
    "file_review",
)
TEXT = "".join((Path(__file__).parent / f"{name}.css").read_text("utf-8") for name in _ORDER)
# What changes has another address, so that a browser may keep it for good.
ADDRESS = f"/look/{hashlib.sha256(TEXT.encode()).hexdigest()[:16]}.css"
