"""The loader of ``data/`` refuses what could mislead, and says every fault with its line."""

import shutil
from pathlib import Path

import pytest

from benchmarking import indicators
from benchmarking.indicators import CatalogueError

DATA = Path(__file__).resolve().parents[2] / "data"
FOLDERS = ("indicators", "licences", "measures", "organisations", "published")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for folder in FOLDERS:
        shutil.copytree(DATA / folder, tmp_path / folder)
    return tmp_path


def change(data: Path, file: str, old: str, new: str) -> None:
    path = data / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def refusal(data: Path) -> CatalogueError:
    with pytest.raises(CatalogueError) as refused:
        indicators.load(data)
    return refused.value


def line_of(data: Path, file: str, start: str) -> int:
    lines = (data / file).read_text("utf-8").splitlines()
    return max(number for number, line in enumerate(lines, 1) if line.strip().startswith(start))


STAFF = "indicators/new-complaints-per-1000-staff.yaml"
OUTCOMES = "indicators/outcome-mix.yaml"
KO41A = "published/ko41a_2024-25_org_level.yaml"


@pytest.mark.parametrize(
    "file, old, new, at, says",
    [
        (STAFF, "per: 1000", "per: 0", "per:", "per must be more than 0, not 0"),
        (STAFF, "per: 1000", "per: No", "per:", "per must be a whole number, not No"),
        (STAFF, "polarity: neutral", "polarity: bad", "polarity:", "polarity cannot be bad"),
        (STAFF, "unit:", "units:", "units:", "there is no such key as units here"),
        (STAFF, "unit:", "units:", "id:", "the key unit is missing"),
        (STAFF, "id: new", "id: old", "id:", "is not the file's name. Write new-complaints-per"),
        (STAFF, "[mean_fte]", "[mean]", "id:", "there is no measure mean. Correct its id"),
        (STAFF, "measure: fte_months", "measure: fte", "id:", "there is no measure fte"),
        (STAFF, "- early-res", "- late-res", "- late", "there is no caution late-resolution"),
        (STAFF, "[ko41a, activity]", "[ko41b]", "datasets:", "there is no dataset ko41b"),
        (STAFF, "kind: rate", "kind: share", "id:", "a share is per 100"),
        (STAFF, "kind: rate", "kind: mix", "id:", "a mix has two or more parts and no numerator"),
        (OUTCOMES, "kind: mix", "kind: share", "id:", "a share has a numerator and no parts"),
        (OUTCOMES, "kind: mix", "kind: mix\nkind: mix", "kind:", "the key kind stands on line"),
        (KO41A, "licence: ogl-3.0", "licence: mit", "licence:", "there is no licence mit"),
        (KO41A, "collection: ko41a", "collection: ko", "collection:", "there is no collection ko"),
        (KO41A, "sha256: 9", "sha256: 8", "sha256:", "has changed: its SHA-256 is 90b3f62ac4e9"),
        (KO41A, "level.csv", "level2.csv", "file:", "level2.csv is not there. Add it or"),
        (KO41A, "  - Year", "  - Years", "columns_used:", "has no column Years"),
        (KO41A, "_column: Organisation_", "_column: ", "columns_used:", "has no column Code"),
        (KO41A, 'period: "2024-25"', "period: 2024", "period:", "the period 2024 is not text"),
        (KO41A, "measure: complaints_total_new", "measure: new", "id:", "is no measure new"),
    ],
)
def test_a_fault_is_told_with_file_line_and_remedy(
    data: Path, file: str, old: str, new: str, at: str, says: str
):
    change(data, file, old, new)
    told = [str(fault) for fault in refusal(data).faults]
    found = [fault for fault in told if says in fault]
    assert found, told
    assert found[0].startswith(f"data/{file}, line {line_of(data, file, at)}: "), found[0]
    assert found[0].endswith(".")


def test_all_faults_of_all_files_are_told_at_once(data: Path):
    change(data, STAFF, "per: 1000", "per: 0")
    change(data, OUTCOMES, "unit:", "units:")
    told = refusal(data)
    assert len(told.faults) == 3
    assert str(told).count("\n") == 2


def test_remedies_name_the_readme_of_this_folder(data: Path):
    change(data, OUTCOMES, "unit:", "units:")
    assert "data/README.md" in str(refusal(data))
    assert "standards/README.md" not in str(refusal(data))


def test_one_changed_figure_is_noticed(data: Path):
    change(data, "published/ko41a_2024-25_org_level.csv", ",55,45,", ",55,46,")
    assert "ko41a_2024-25_org_level.csv has changed" in str(refusal(data))


def test_an_id_is_used_once(data: Path):
    change(data, "measures/activity.yaml", "id: amb_incidents", "id: complaints_total_new")
    assert "the id complaints_total_new is used twice" in str(refusal(data))


def test_a_dataset_and_period_have_one_file(data: Path):
    again = data / "published" / "again.yaml"
    shutil.copy(data / KO41A, again)
    assert "two files describe the dataset ko41a/2024-25. Keep one of them." in str(refusal(data))


@pytest.mark.parametrize("folder", FOLDERS)
def test_an_empty_folder_is_told(data: Path, folder: str):
    shutil.rmtree(data / folder)
    assert f"data/{folder}: there is no YAML file. Restore the folder." in str(refusal(data))


def test_what_a_running_copy_writes_is_not_read(data: Path):
    (data / "local").mkdir()
    (data / "local" / "broken.yaml").write_text("}", encoding="utf-8")
    assert indicators.load(data) == indicators.load(DATA)
