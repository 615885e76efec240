"""Which trusts are proposed as peers, and why: on a small year by hand, and on a real one."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarking import indicators
from benchmarking.access import Refused, Role
from benchmarking.assessing.sheets import NotThere
from benchmarking.complaints import Year
from benchmarking.indicators import Catalogue, CatalogueError
from benchmarking.indicators.likeness import FILE, Likeness, LikenessFeature, load_likeness
from benchmarking.keeping import Key
from benchmarking.results import similar_trusts
from benchmarking.results.similar_trusts import How, SimilarTrusts
from benchmarking.settings import ROOT
from benchmarking.statistics.similarity import Lacking
from benchmarking.visit import Visit
from tests.complaints import small_year
from tests.complaints.conftest import Copy, loaded
from tests.complaints.small_year import AMBULANCE, CATALOGUE, trust
from tests.use_cases.conftest import World

DATA = ROOT / "data"
LIKENESS = load_likeness(DATA, CATALOGUE)

# Logarithms that are easy: 1 + staff is 10^3, 10^4 or 10^5, so a step is half of the range.
SMALL = small_year.year(
    """
        staff  months bed-days quarters hes_fce amb_incidents
    OWN 9999   12     99999    4        -       -
    NEA 9999   12     119999   4        -       -
    MOR 99999  12     99999    4        -       -
    AMB 9999   12     -        -        -       800000
    PAR 4999   6      50000    2        -       -
    LIT 999    12     99999    4        500     -
    """,
    {
        "AMB": trust("AMB", AMBULANCE, ko41a_type="Ambulance"),
        "PAR": trust("PAR", None, ko41a_type="Acute"),
    },
    silent=("SIL",),
)


def visit_of(world: World) -> Visit:
    return world.visit("inspector")


def small(world: World, code: str = "OWN", count: int = 10) -> SimilarTrusts:
    return similar_trusts.nearest(visit_of(world), SMALL, code, LIKENESS, count)


# By hand.


def test_the_most_alike_come_first(world: World):
    found = small(world)
    assert [similar.trust.code for similar in found.nearest] == ["LIT", "MOR", "NEA", "AMB"]
    assert found.codes == ("AMB", "LIT", "MOR", "NEA")
    assert small(world, count=2).codes == ("LIT", "MOR")


def test_a_distance_is_the_weighted_mean_over_what_is_known_of_both(world: World):
    little, more, near, ambulance = small(world).nearest
    # Staff 3, type 2, broad type 2, bed days 2 of 13; the ambulance trust has no bed days.
    # A fifth more bed days are as far as any two trusts of this year are apart in them.
    assert near.distance == pytest.approx(2 * 1 / 9)
    assert [little.distance, more.distance] == pytest.approx([3 * 0.5 / 9] * 2)
    assert ambulance.distance == pytest.approx((2 + 2) / 7)
    assert [s.share_compared for s in (near, ambulance)] == pytest.approx([9 / 13, 7 / 13])
    for similar in small(world).nearest:
        assert similar.distance == pytest.approx(sum(one.adds for one in similar.compared))


def test_each_comes_with_the_reason_why(world: World):
    assert {similar.trust.code: similar.why for similar in small(world).nearest} == {
        "NEA": "Same trust type and broad type; similar in staff and bed days.",
        "LIT": "Same trust type and broad type; similar in bed days; fewer staff.",
        "MOR": "Same trust type and broad type; similar in bed days; more staff.",
        "AMB": "Similar in staff; another trust type and broad type.",
    }


def test_each_feature_is_shown_with_both_values(world: World):
    more = small(world).nearest[1]
    assert [(c.feature.id, c.own, c.other, c.how, c.apart) for c in more.compared] == [
        ("staff", 9999, 99999, How.MORE, pytest.approx(0.5)),
        ("type", "ACUTE - TEACHING", "ACUTE - TEACHING", How.SAME, 0),
        ("broad-type", "Acute", "Acute", How.SAME, 0),
        ("bed-days", 99999, 99999, How.SIMILAR, 0),
    ]


@pytest.mark.parametrize(
    "code, left_out",
    [
        ("NEA", {"episodes": Lacking.BOTH, "incidents": Lacking.BOTH}),
        ("LIT", {"episodes": Lacking.OWN, "incidents": Lacking.BOTH}),
        (
            "AMB",
            {"bed-days": Lacking.OTHER, "episodes": Lacking.BOTH, "incidents": Lacking.OWN},
        ),
    ],
)
def test_what_is_not_known_of_both_is_left_out_and_named(
    world: World, code: str, left_out: dict[str, Lacking]
):
    similar = next(s for s in small(world).nearest if s.trust.code == code)
    assert {feature.id: lacking for feature, lacking in similar.left_out} == left_out


def test_figures_of_a_part_of_the_year_say_nothing_about_size(world: World):
    found = small(world)
    assert found.not_compared == 1
    assert found.says == (
        "The 4 trusts most like Demonstration Trust OWN in size, type, beds and activity. "
        "1 other has too little published for 2024-25 to be compared."
    )


@pytest.mark.parametrize("code", ["PAR", "SIL"])
def test_a_trust_of_which_too_little_is_known_is_told_so(world: World, code: str):
    found = small(world, code)
    assert found.nearest == () and found.codes == ()
    assert found.says == (
        f"Too little about size, type, beds and activity is published for Demonstration Trust "
        f"{code} in 2024-25 to find trusts like it. Choose another group, or pick trusts by hand."
    )


def test_a_trust_without_a_return_is_no_peer(world: World):
    assert all(similar.trust.code != "SIL" for similar in small(world, count=99).nearest)


def test_figures_are_similar_where_the_larger_is_at_most_a_quarter_larger(world: World):
    year = small_year.year("staff months\nOWN 1000 12\nA 1250 12\nB 1251 12\nC 800 12\nD 799 12")
    found = similar_trusts.nearest(visit_of(world), year, "OWN", LIKENESS)
    how = {s.trust.code: s.compared[0].how for s in found.nearest}
    assert how == {"A": How.SIMILAR, "B": How.MORE, "C": How.SIMILAR, "D": How.FEWER}


def test_a_year_without_activity_has_types_alone_and_says_so(world: World):
    year = small_year.year("new\nOWN 10\nA 20\nB 30")
    found = similar_trusts.nearest(visit_of(world), year, "OWN", LIKENESS)
    assert found.nearest == () and found.not_compared == 2


# Who may ask, and what is kept.


def test_a_stranger_is_asked_to_sign_in(world: World):
    with pytest.raises(Refused, match="Sign in to see this page."):
        similar_trusts.nearest(world.stranger(), SMALL, "OWN", LIKENESS)


def test_a_code_of_no_trust_is_told_so(world: World):
    with pytest.raises(NotThere, match="No NHS trust has the code XYZ in 2024-25."):
        small(world, "XYZ")


def test_a_result_is_kept_under_everything_it_depends_on(world: World):
    kept: dict[Key, Any] = {}

    def keep(key: Key, make: Callable[[], Any], /) -> Any:
        return kept[key] if key in kept else kept.setdefault(key, make())

    def ask(code: str, count: int) -> SimilarTrusts:
        return similar_trusts.nearest(visit_of(world), SMALL, code, LIKENESS, count, keep)

    asked = [ask(code, count) for code in ("OWN", "NEA") for count in (2, 3)]
    assert sum(key[0] == "similar trusts" for key in kept) == len(asked)
    assert sum(key[0] == "traits of trusts" for key in kept) == 1, "the same for all of them"
    assert ask("OWN", 2) is asked[0]
    assert all(SMALL.revision in key and SMALL.period in key for key in kept)


# On what is published.


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copy]:
    copy = loaded(tmp_path_factory.mktemp("similar"))
    yield copy
    copy.database.close()


def of(shipped: Copy, year: Year, code: str, count: int = 10) -> SimilarTrusts:
    return similar_trusts.nearest(shipped.visit(Role.INSPECTOR), year, code, LIKENESS, count)


@pytest.mark.parametrize(
    "code, eric_type",
    [
        ("R0A", "ACUTE - TEACHING"),
        ("RYA", "AMBULANCE"),
        ("RXV", "MENTAL HEALTH AND LEARNING DISABILITY"),
        ("RP4", "ACUTE - SPECIALIST"),
        ("RY2", "COMMUNITY"),
    ],
)
def test_the_nearest_trusts_of_a_real_one_are_of_its_type(shipped: Copy, code: str, eric_type: str):
    found = of(shipped, shipped.year(), code, 5)
    assert len(found.nearest) == 5
    assert {similar.trust.eric_type for similar in found.nearest} == {eric_type}


def test_every_real_trust_gets_ten_or_is_told_why_not(shipped: Copy):
    year, visit = shipped.year(), shipped.visit(Role.INSPECTOR)
    found = [
        similar_trusts.nearest(visit, year, code, LIKENESS) for code in year.organisations.by_code
    ]
    without = [one for one in found if len(one.nearest) != similar_trusts.PROPOSED]
    # Part of the year, or no return: their size is not known.
    assert [one.trust.code for one in without] == ["G6V2S", "R1C", "RAP", "RJ7", "RY9"]
    assert all(one.says.startswith("Too little about size") for one in without)


# The file that says how trusts are compared.


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "similarity").mkdir()
    (tmp_path / FILE).write_text((DATA / FILE).read_text("utf-8"), encoding="utf-8")
    return tmp_path


def refusal(data: Path, old: str, new: str) -> list[str]:
    path = data / FILE
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CatalogueError) as refused:
        load_likeness(data, CATALOGUE)
    return [str(fault) for fault in refused.value.faults]


@pytest.mark.parametrize(
    "old, new, said",
    [
        ("weight: 3", "weight: 0", "weight must be more than 0, not 0"),
        ("scale: log", "scale: root", "scale cannot be root"),
        ("least_compared: 50", "least_compared: 101", "least_compared must be at most 100"),
        ("measure: mean_fte", "measure: fte", "there is no measure fte. Correct its id"),
        ("measure: fte_months", "measure: months", "there is no measure months. Correct its id"),
        ("trait: eric_type", "measure: hes_fce", "a trait is a category, and a measure is none"),
        ("    trait: eric_type\n", "", "a feature is a measure or a trait, one of the two"),
        ("id: broad-type", "id: type", "the id type is used twice. Rename it"),
        ("label: staff", "labels: staff", "there is no such key as labels here"),
    ],
)
def test_a_fault_in_the_file_is_said_with_its_line(data: Path, old: str, new: str, said: str):
    faults = refusal(data, old, new)
    assert any(said in fault for fault in faults), faults
    assert all(fault.startswith(f"data/{FILE}, line ") for fault in faults)
    assert not any("standards/README.md" in fault for fault in faults)


def test_a_missing_file_is_said(tmp_path: Path):
    with pytest.raises(CatalogueError, match=f"data/{FILE}: the file is not there. Restore it."):
        load_likeness(tmp_path, CATALOGUE)


def test_the_catalogue_of_published_figures_does_not_depend_on_it():
    assert isinstance(indicators.load(DATA), Catalogue)


@pytest.mark.parametrize("key", [*Likeness.model_fields, *LikenessFeature.model_fields])
def test_the_readme_explains_every_key(key: str):
    assert f"`{key}`" in (DATA / "README.md").read_text("utf-8")


def test_every_feature_gives_the_reason_for_its_weight():
    assert all(feature.why.endswith(".") for feature in LIKENESS.features)
