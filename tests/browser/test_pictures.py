"""The pictures in the documents, taken of the pages as they are: ``make screenshots``."""

import os
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.browser.conftest import Enter

pytestmark = pytest.mark.browser

WIDTH, HEIGHT = 1280, 1100
MOST_BYTES = 200_000
# Enough for flat colours and smooth letters, at a quarter of the size.
COLOURS = 128
PICTURES = {
    "assessment": ("trust-lead.DEMO-07", "/assessment?standard=my-expectations&stage=me-3"),
    "our-results": ("trust-lead.DEMO-07", "/our-results?cycle=2025-26"),
    "file-review": ("contributor.DEMO-12", "/file-review"),
    "survey": ("trust-lead.DEMO-07", "/survey"),
    "compare": ("inspector", "/compare"),
    "overview": ("board-member.DEMO-07", "/overview"),
    "published-complaints": ("inspector", "/published-complaints?trust=RJ1"),
}


@pytest.fixture(scope="module")
def album(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the pictures go: the folder that SCREENSHOTS names, else one that nobody keeps."""
    folder = Path(os.environ.get("SCREENSHOTS") or tmp_path_factory.mktemp("album"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.mark.parametrize("name", PICTURES)
def test_a_page_is_pictured_for_the_documents(enter: Enter, album: Path, name: str) -> None:
    subject, address = PICTURES[name]
    reader = enter(subject, width=WIDTH, height=HEIGHT).open(address)
    reader.stand_still()
    taken = Image.open(BytesIO(reader.page.screenshot()))
    assert taken.size == (WIDTH, HEIGHT)
    picture = album / f"{name}.png"
    taken.convert("RGB").quantize(COLOURS).save(picture, optimize=True)
    assert 10_000 < picture.stat().st_size < MOST_BYTES
