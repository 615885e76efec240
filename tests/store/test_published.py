"""Published figures come by release: nothing is loaded twice, and nothing is overwritten."""

from datetime import date

import pandas as pd
import pytest
from sqlalchemy.exc import IntegrityError

from benchmarking.store import installation, published
from benchmarking.store.database import Database
from benchmarking.store.published import Release
from tests.store.scene import LATER, NOW, audit, contents


def load(database: Database, sha256: str, *figures: tuple[str, str, float]) -> Release | None:
    """The release of a file with these figures, or None where it is loaded already."""
    with database.writing(audit("load")) as writing:
        release = published.add_release(
            writing, dataset="ko41a", period="2024-25", sha256=sha256, file_name="ko41a.csv"
        )
        if release is not None:
            published.add_figures(writing, release, figures)
    return release


def loaded(database: Database, *figures: tuple[str, str, float]) -> Release:
    return load(database, "a" * 64, *figures) or pytest.fail("The file was loaded before.")


def newest(database: Database) -> Release | None:
    with database.reading() as reading:
        return published.newest(reading, "ko41a", "2024-25")


def figures(database: Database, release: Release) -> pd.DataFrame:
    with database.reading() as reading:
        return published.figures(reading, release)


def test_a_release_names_its_file(live: Database):
    release = load(live, "a" * 64)
    assert release == Release(1, "ko41a", "2024-25", "a" * 64, "ko41a.csv", NOW)
    assert newest(live) == release


def test_a_dataset_that_was_never_loaded_has_no_release(live: Database):
    assert newest(live) is None
    with live.reading() as reading:
        assert published.periods(reading, "ko41a") == ()


def test_the_same_file_twice_adds_nothing(live: Database):
    first = load(live, "a" * 64, ("R1A", "new", 12))
    before = {k: v for k, v in contents(live).items() if k != "audit"}
    assert load(live, "a" * 64, ("R1A", "new", 12)) is None
    assert {k: v for k, v in contents(live).items() if k != "audit"} == before
    assert newest(live) == first


def test_a_revised_file_is_a_new_release_and_the_old_one_stays(live: Database):
    old = loaded(live, ("R1A", "new", 12))
    new = load(live, "b" * 64, ("R1A", "new", 13))
    assert new is not None
    assert newest(live) == new
    assert figures(live, old).loc["R1A", "new"] == 12
    assert figures(live, new).loc["R1A", "new"] == 13


def test_a_file_is_known_again_after_it_was_revised(live: Database):
    loaded(live)
    load(live, "b" * 64)
    with live.reading() as reading:
        known = [published.is_loaded(reading, "ko41a", "2024-25", c * 64) for c in "abc"]
        other_period = published.is_loaded(reading, "ko41a", "2023-24", "a" * 64)
    assert (known, other_period) == ([True, True, False], False)


def test_a_new_release_makes_cached_results_out_of_date(live: Database):
    load(live, "a" * 64)
    load(live, "a" * 64)
    with live.reading() as reading:
        assert installation.data_revision(reading) == 2


def test_periods_are_listed_from_the_newest(live: Database):
    for period in ("2023-24", "2024-25", "2010-11"):
        with live.writing(audit()) as writing:
            published.add_release(
                writing, dataset="ko41a", period=period, sha256="a" * 64, file_name="ko41a.csv"
            )
    with live.reading() as reading:
        assert published.periods(reading, "ko41a") == ("2024-25", "2023-24", "2010-11")


def test_figures_are_one_row_a_code_and_one_column_a_measure(live: Database):
    given = [("RB", "new", 0), ("RA", "upheld", 2.5), ("RA", "new", 12), ("RB", "upheld", 1 / 3)]
    release = loaded(live, *given)
    expected = pd.DataFrame(
        {"new": [12.0, 0.0], "upheld": [2.5, 1 / 3]}, index=pd.Index(["RA", "RB"], name="code")
    ).rename_axis(columns="measure")
    pd.testing.assert_frame_equal(figures(live, release), expected)


def test_a_figure_that_was_not_published_is_missing_and_not_zero(live: Database):
    release = loaded(live, ("RA", "new", 0), ("RB", "upheld", 0))
    found = figures(live, release)
    assert found.loc["RA", "new"] == 0
    assert pd.isna(found.loc["RA", "upheld"])
    assert pd.isna(found.loc["RB", "new"])


def test_a_release_without_figures_is_an_empty_frame(live: Database):
    release = loaded(live)
    assert figures(live, release).shape == (0, 0)


@pytest.mark.parametrize("figure", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_is_refused(live: Database, figure: float):
    release = loaded(live)
    before = contents(live)
    with pytest.raises(ValueError, match=r"^RA, new: (nan|-?inf) is no figure. Leave it out.$"):
        with live.writing(audit()) as writing:
            published.add_figures(writing, release, [("RA", "new", figure)])
    columns = ("release_id", "code", "measure", "figure")
    with pytest.raises(IntegrityError), live.writing(audit()) as writing:
        writing.bulk("published_figure", columns, [(release.release_id, "RA", "new", figure)])
    assert contents(live) == before


@pytest.mark.parametrize("code", ["DEMO-01", "demo-01"])
def test_the_database_itself_refuses_figures_of_fictional_trusts(database: Database, code: str):
    """In either kind of database: no invented figure ever stands among published ones."""
    release = loaded(database)
    before = contents(database)
    with pytest.raises(IntegrityError), database.writing(audit()) as writing:
        published.add_figures(writing, release, [(code, "new", 12)])
    with pytest.raises(IntegrityError), database.writing(audit()) as writing:
        published.add_organisations(writing, release, [(code, "A trust", {})])
    for codes in ((code, "R1A"), ("R1A", code)):
        with pytest.raises(IntegrityError), database.writing(audit()) as writing:
            published.add_successions(writing, release, [(*codes, date(2024, 4, 1), "none")])
    assert contents(database) == before


def test_organisations_come_with_what_was_said_of_them_in_the_period(live: Database):
    release = loaded(live)
    said = {"region": "North", "fte": 4321.5, "trust_type": None, "note": "Ŵyn – 😀"}
    with live.writing(audit(at=LATER)) as writing:
        published.add_organisations(writing, release, [("RB", "B", {}), ("RA", "A", said)])
    with live.reading() as reading:
        found = published.organisations(reading, release)
    assert found == [
        {"code": "RA", "name": "A", "attributes": said},
        {"code": "RB", "name": "B", "attributes": {}},
    ]


def test_an_attribute_that_is_no_number_is_refused(live: Database):
    release = loaded(live)
    with pytest.raises(ValueError, match="JSON compliant"), live.writing(audit()) as writing:
        published.add_organisations(writing, release, [("RA", "A", {"fte": float("nan")})])


def test_successions_come_in_the_order_of_their_days(live: Database):
    release = loaded(live)
    rows = [
        ("RC", "RA", date(2025, 4, 1), "an order of 2025"),
        ("RB", "RA", date(2024, 4, 1), "an order of 2024"),
    ]
    with live.writing(audit()) as writing:
        published.add_successions(writing, release, rows)
    with live.reading() as reading:
        found = published.successions(reading, release)
    assert [tuple(row.values()) for row in found] == rows[::-1]


def test_a_whole_publication_is_loaded_in_one_statement(live: Database):
    """22,000 figures, as many as KO41a has for all organisations."""
    given = [(f"R{n // 80:03}", f"m{n % 80:02}", n / 7) for n in range(22_000)]
    release = loaded(live, *given)
    found = figures(live, release)
    assert found.shape == (275, 80)
    assert found.loc["R274", "m79"] == 21_999 / 7
