"""The loader of ``data/series`` refuses what could mislead, and says every fault with its line."""

import shutil
from pathlib import Path

import pytest

from benchmarking import series
from benchmarking.indicators import CatalogueError
from benchmarking.polarity import Polarity
from benchmarking.series import Series, shipped
from benchmarking.series.model import LegalTarget, Source

DATA = Path(__file__).resolve().parents[2] / "data"
ACKNOWLEDGED, ANSWERED = "acknowledged-in-time", "answered-in-time"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    shutil.copytree(DATA / "series", tmp_path / "series")
    return tmp_path


def change(data: Path, old: str, new: str) -> None:
    path = data / "series" / f"{ACKNOWLEDGED}.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def refusal(data: Path) -> list[str]:
    with pytest.raises(CatalogueError) as refused:
        series.load(data)
    return [str(fault) for fault in refused.value.faults]


def line_of(data: Path, start: str) -> int:
    lines = (data / "series" / f"{ACKNOWLEDGED}.yaml").read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.strip().startswith(start))


@pytest.mark.parametrize(
    "old, new, at, says",
    [
        ("per: 100", "per: 1000", "id:", "a series is a share, so it is per 100"),
        ("per: 100", "per: No", "per:", "per must be a whole number, not No"),
        ("percent: 100", "percent: 101", "percent:", "percent must be at most 100, not 101"),
        ("percent: 100", "percent: 0", "percent:", "percent must be more than 0, not 0"),
        ("polarity: higher_is_better", "polarity: up", "polarity:", "polarity cannot be up"),
        ("short_title:", "short:", "short:", "there is no such key as short here"),
        ("short_title:", "short:", "id:", "the key short_title is missing"),
        ("id: ack", "id: Ack", "id:", "id cannot be used"),
        ("id: acknowledged", "id: seen", "id:", "the id seen-in-time is not the file's name"),
        ("url: https", "url: http", "url:", "url cannot be used"),
    ],
)
def test_a_fault_is_told_with_its_line(data: Path, old: str, new: str, at: str, says: str):
    change(data, old, new)
    place = f"data/series/{ACKNOWLEDGED}.yaml, line {line_of(data, at)}: "
    found = refusal(data)
    assert any(fault.startswith(place) and says in fault for fault in found), found


def test_the_remedy_names_the_readme_of_the_data(data: Path):
    change(data, "polarity:", "polar:")
    assert all("standards/README.md" not in fault for fault in refusal(data))
    assert any("data/README.md lists every key" in fault for fault in refusal(data))


def test_all_faults_of_all_files_are_told_at_once(data: Path):
    change(data, "per: 100", "per: No")
    (data / "series" / f"{ANSWERED}.yaml").write_text("id: [", encoding="utf-8")
    found = refusal(data)
    assert any(ACKNOWLEDGED in fault for fault in found)
    assert any(ANSWERED in fault for fault in found)


def test_an_empty_folder_is_told_so(tmp_path: Path):
    assert refusal(tmp_path) == ["data/series: there is no YAML file. Restore the folder."]


def test_what_ships_is_read_once_and_in_order():
    assert [one.id for one in shipped()] == [ACKNOWLEDGED, ANSWERED]
    assert shipped() is shipped()


def test_the_law_asks_for_every_acknowledgement_and_for_no_share_of_answers():
    acknowledged, answered = shipped()
    assert acknowledged.target is not None
    assert acknowledged.target.percent == 100
    assert acknowledged.source.page == "regulation 13(3)"
    assert answered.target is None


@pytest.mark.parametrize("one", shipped(), ids=lambda one: one.id)
def test_each_series_says_what_is_counted_and_what_it_rests_on(one: Series):
    assert one.polarity is Polarity.HIGHER_IS_BETTER
    assert "month" in one.denominator and "of these" in one.numerator.lower()
    assert "recalled" in one.source.checked, "nobody has compared it with the regulations yet"
    for text in (one.numerator, one.denominator):
        assert not text.endswith("."), "a full stop is put behind it where it is shown"


def test_every_key_is_in_the_readme_of_the_data():
    readme = (DATA / "README.md").read_text("utf-8")
    section = readme.split("## Keys of a monthly series")[1].split("\n## ")[0]
    keys = {*Series.model_fields, *LegalTarget.model_fields, *Source.model_fields}
    assert [key for key in sorted(keys) if f"`{key}`" not in section] == []
