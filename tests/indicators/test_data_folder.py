"""What lies in ``data/``: every description loads, every figure is the published one."""

import csv
import hashlib
import re
from pathlib import Path
from statistics import median

import pytest
from pydantic import BaseModel

from benchmarking import indicators, organisations
from benchmarking.indicators import Indicator, Kind, Part, model
from benchmarking.polarity import Polarity

DATA = Path(__file__).resolve().parents[2] / "data"
CATALOGUE = indicators.load(DATA)
TRUSTS = organisations.load(DATA)


def held(dataset_id: str) -> indicators.Dataset:
    found = CATALOGUE.dataset(dataset_id, "2024-25")
    assert found is not None
    return found


KO41A, ACTIVITY = held("ko41a"), held("activity")
ACTIVITY_FILE = ACTIVITY.file

Figures = dict[tuple[str, str], float]


def figures() -> Figures:
    """Figure by (code, measure) of both datasets; what was not published is not there."""
    rows = [row for d in (KO41A, ACTIVITY) for row in indicators.figures(CATALOGUE, d, DATA)]
    return {(code, measure): figure for code, measure, figure in rows}


def rows_of(file: str) -> list[dict[str, str]]:
    with (DATA / file).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


FIGURES = figures()
CODES = {trust.code for trust in TRUSTS.with_return}


def total(measure: str) -> float:
    return sum(figure for (code, m), figure in FIGURES.items() if m == measure and code in CODES)


# The figures everybody may check.


def test_the_207_trusts_received_106703_new_complaints():
    assert len(CODES) == 207
    assert total("complaints_total_new") == 106_703


def test_they_resolved_99942_and_upheld_a_quarter_of_them():
    assert total("complaints_total_resolved") == 99_942
    share = total("complaints_number_upheld") / total("complaints_total_resolved")
    assert f"{share:.1%}" == "25.0%"


def test_all_279_organisations_received_the_published_national_total():
    new = [f for (_, m), f in FIGURES.items() if m == "complaints_total_new"]
    assert (len(new), sum(new)) == (279, 113_780)
    assert CATALOGUE.national_totals["2024-25"] == 113_780


def test_a_national_total_that_was_not_published_is_not_on_file():
    assert sorted(CATALOGUE.national_totals) == ["2014-15", "2015-16", "2024-25"]


@pytest.mark.parametrize(
    "eric_type, staff, episodes, bed_days, closed",
    [
        ("ACUTE - TEACHING", 70.8, 36.3, 21.4, 0.75),
        ("ACUTE - LARGE", 78.9, 34.5, 20.6, 0.77),
        ("ACUTE - MEDIUM", 86.7, 35.9, 22.3, 0.81),
        ("ACUTE - SMALL", 70.2, 28.9, 17.4, 0.84),
        ("ACUTE - MULTI-SERVICE", 78.1, 32.2, 18.8, 0.72),
        ("ACUTE - SPECIALIST", 46.5, 39.9, 27.4, 0.86),
        ("MENTAL HEALTH AND LEARNING DISABILITY", 57.0, None, 23.4, 0.77),
        ("COMMUNITY", 35.6, None, None, 0.85),
        ("AMBULANCE", 146.2, None, None, 0.77),
        ("CARE TRUST", 118.2, None, None, 0.91),
    ],
)
def test_medians_by_type_are_those_worked_out_by_hand(
    eric_type: str, staff: float, episodes: float | None, bed_days: float | None, closed: float
):
    assert median_of("new-complaints-per-1000-staff", eric_type) == pytest.approx(staff, abs=0.05)
    for indicator_id, expected in (
        ("new-complaints-per-10000-episodes", episodes),
        ("new-complaints-per-10000-bed-days", bed_days),
    ):
        assert CATALOGUE.indicator(indicator_id).holds_for(eric_type) == (expected is not None)
        if expected is not None:
            assert median_of(indicator_id, eric_type) == pytest.approx(expected, abs=0.05)
    assert median_of("caseload-closed", eric_type) == pytest.approx(100 * closed, abs=0.5)


def median_of(indicator_id: str, eric_type: str) -> float:
    indicator = CATALOGUE.indicator(indicator_id)
    codes = [trust.code for trust in TRUSTS.with_return if trust.eric_type == eric_type]
    worked_out = [value_of(indicator, code) for code in codes]
    return median(value for value in worked_out if value is not None)


def value_of(indicator: Indicator, code: str) -> float | None:
    over = [FIGURES.get((code, measure)) for measure in indicator.numerator]
    under = [FIGURES.get((code, measure)) for measure in indicator.denominator]
    if None in over or None in under:
        return None
    return indicator.per * sum(f or 0 for f in over) / sum(f or 0 for f in under)


def test_every_ambulance_trust_has_a_rate_per_incident():
    indicator = CATALOGUE.indicator("new-complaints-per-100000-incidents")
    meant = [t.code for t in TRUSTS.with_return if indicator.holds_for(t.eric_type)]
    assert len(meant) == 10
    assert None not in [value_of(indicator, code) for code in meant]


def test_a_blank_is_no_figure_and_not_a_zero():
    blank = [row["org_code"] for row in rows_of(ACTIVITY_FILE) if row["hes_fce"] == ""]
    assert len(blank) == 40
    assert not [code for code in blank if (code, "hes_fce") in FIGURES]


# Files and codes.


@pytest.mark.parametrize("dataset", CATALOGUE.datasets, ids=lambda dataset: dataset.key)
def test_a_file_has_the_fingerprint_in_its_description(dataset: indicators.Dataset):
    assert hashlib.sha256((DATA / dataset.file).read_bytes()).hexdigest() == dataset.sha256


def test_every_figures_file_has_a_description_beside_it():
    files = {p for folder in ("published", "organisations") for p in (DATA / folder).glob("*.csv")}
    assert {DATA / dataset.file for dataset in CATALOGUE.datasets} == files
    assert not [p for p in files if not p.with_suffix(".yaml").is_file()]


def test_every_code_in_the_benchmark_is_a_trust_of_its_period():
    assert {row["org_code"] for row in rows_of(ACTIVITY_FILE)} == CODES


def test_the_benchmark_repeats_the_publishers_counts_exactly():
    counts = {
        "brought_forward": "complaints_total_brought_forward",
        "new": "complaints_total_new",
        "resolved": "complaints_total_resolved",
        "upheld": "complaints_number_upheld",
        "partially_upheld": "complaints_number_partially_upheld",
        "not_upheld": "complaints_number_not_upheld",
        "carried_forward": "complaints_total_carried_forward",
    }
    for row in rows_of(ACTIVITY_FILE):
        here = {column: int(row[column]) for column in counts}
        there = {column: FIGURES[row["org_code"], m] for column, m in counts.items()}
        assert here == there, row["org_code"]


def test_a_trust_without_a_return_has_no_figure_at_all():
    assert not [key for key in FIGURES if key[0] == "RJ7"]


def test_the_measures_are_the_columns_of_the_file_and_nothing_else():
    header = list(rows_of("published/ko41a_2024-25_org_level.csv")[0])
    columns = [measure.column for measure in CATALOGUE.collection("ko41a").measures]
    assert header[8:] == columns
    assert list(KO41A.columns_used) == header[:8]


# Measures, indicators, cautions.


def test_labels_are_plain_words_and_told_apart():
    for collection in CATALOGUE.collections:
        for section in collection.sections:
            labels = [measure.label for measure in section.measures]
            assert len(set(labels)) == len(labels), section.id
            assert not [label for label in labels if "_" in label], section.id


def test_the_published_column_stands_beside_its_plain_label():
    measure = CATALOGUE.measure_by_id["subject_area_values_and_behaviours"]
    assert measure.column == "Subject_Area_Values_And_Behaviours"
    assert measure.label == "Values and behaviours of staff"


MIXES = [i for i in CATALOGUE.indicators if i.kind is Kind.MIX]


@pytest.mark.parametrize("mix", MIXES, ids=lambda mix: mix.id)
def test_the_parts_of_a_mix_make_its_whole_for_every_organisation(mix: Indicator):
    codes = {code for code, measure in FIGURES if measure == mix.denominator[0]}
    assert len(codes) == 279
    for code in codes:
        parts = sum(FIGURES[code, part] for part in mix.parts)
        assert parts == sum(FIGURES[code, measure] for measure in mix.denominator), code


def test_outcomes_are_always_shown_together():
    outcomes = {f"complaints_number_{o}" for o in ("upheld", "partially_upheld", "not_upheld")}
    for indicator in CATALOGUE.indicators:
        used = outcomes.intersection(indicator.measures)
        assert not used or (used == outcomes and indicator.kind is Kind.MIX), indicator.id


@pytest.mark.parametrize("mix_id", ["subject-mix", "service-mix", "profession-mix"])
def test_a_complaint_may_count_under_several_parts_and_the_reader_is_told(mix_id: str):
    mix = CATALOGUE.indicator(mix_id)
    assert mix.counts_once is False
    assert "counted-several-times" in mix.cautions
    assert total(mix.denominator[0]) > total("complaints_total_new")


@pytest.mark.parametrize("indicator", CATALOGUE.indicators, ids=lambda i: i.id)
def test_volume_and_outcomes_have_no_good_or_bad_side(indicator: Indicator):
    expected = {"caseload-closed": Polarity.HIGHER_IS_BETTER}
    assert indicator.polarity is expected.get(indicator.id, Polarity.NEUTRAL)


@pytest.mark.parametrize("indicator", CATALOGUE.indicators, ids=lambda i: i.id)
def test_every_indicator_has_a_unit_a_source_a_licence_and_the_publishers_warnings(
    indicator: Indicator,
):
    sources = CATALOGUE.sources_of(indicator, "2024-25")
    assert indicator.unit
    assert sources[0].document == "Data on Written Complaints in the NHS, 2024-25"
    for source in sources:
        licence = CATALOGUE.licence(source.licence)
        assert source.url.startswith("https://")
        assert licence.name in source.attribution
    said = {caution.id: caution.by for caution in CATALOGUE.cautions_of(indicator)}
    assert {"counting-differs", "early-resolution", "trusts-change"} <= said.keys()


@pytest.mark.parametrize(
    "indicator_id, documents",
    [
        ("outcome-mix", ["Data on Written Complaints in the NHS"]),
        (
            "new-complaints-per-1000-staff",
            ["Data on Written Complaints in the NHS", "NHS Sickness Absence Rates"],
        ),
        (
            "new-complaints-per-10000-bed-days",
            ["Data on Written Complaints in the NHS", "Bed Availability and Occupancy"],
        ),
    ],
)
def test_only_the_sources_behind_an_indicator_are_named(indicator_id: str, documents: list[str]):
    sources = CATALOGUE.sources_of(CATALOGUE.indicator(indicator_id), "2024-25")
    assert len(sources) == len(documents)
    for source, document in zip(sources, documents, strict=True):
        assert source.document.startswith(document)


def test_an_indicator_means_something_only_for_types_that_exist():
    types = {trust.eric_type for trust in TRUSTS.trusts}
    for indicator in CATALOGUE.indicators:
        assert set(indicator.applies_to) <= types, indicator.id


@pytest.mark.parametrize(
    "indicator_id, eric_type, holds",
    [
        ("new-complaints-per-1000-staff", "COMMUNITY", True),
        ("new-complaints-per-1000-staff", None, True),
        ("new-complaints-per-10000-episodes", "COMMUNITY", False),
        ("new-complaints-per-10000-episodes", None, False),
        ("new-complaints-per-100000-incidents", "ACUTE - MULTI-SERVICE", False),
    ],
)
def test_who_an_indicator_is_for(indicator_id: str, eric_type: str | None, holds: bool):
    assert CATALOGUE.indicator(indicator_id).holds_for(eric_type) is holds


@pytest.mark.parametrize(
    "code, indicator_id, covered",
    [
        ("G6V2S", "new-complaints-per-1000-staff", "5 of 12 months"),
        ("G6V2S", "new-complaints-per-10000-bed-days", "2 of 4 quarters"),
        ("RAP", "new-complaints-per-10000-bed-days", "3 of 4 quarters"),
        ("R0A", "new-complaints-per-10000-bed-days", "4 of 4 quarters"),
    ],
)
def test_how_much_of_the_year_a_denominator_covers_is_known(
    code: str, indicator_id: str, covered: str
):
    coverage = CATALOGUE.indicator(indicator_id).coverage
    assert coverage is not None
    found = FIGURES[code, coverage.measure]
    assert f"{found:.0f} of {coverage.full} {coverage.of}" == covered


def test_a_subtotal_or_total_is_never_a_part_of_a_mix_but_for_clinical_treatment():
    whole = {Part.SUBTOTAL, Part.TOTAL}
    parts = {part for mix in MIXES for part in mix.parts}
    found = {part for part in parts if CATALOGUE.measure_by_id[part].part in whole}
    assert found == {"clinical_treatment_sub_total"}


# Words.


def models() -> list[type[BaseModel]]:
    named = [getattr(model, name) for name in dir(model) if not name.startswith("_")]
    found = [m for m in named if isinstance(m, type) and issubclass(m, BaseModel)]
    return [m for m in found if m not in (BaseModel, model.Catalogue)]


@pytest.mark.parametrize("described", models(), ids=lambda m: m.__name__)
def test_the_readme_explains_every_key(described: type[BaseModel]):
    readme = (DATA / "README.md").read_text("utf-8")
    missing = [key for key in described.model_fields if f"`{key}`" not in readme]
    assert not missing


def test_nothing_a_reader_sees_looks_like_a_column_name():
    for indicator in CATALOGUE.indicators:
        words = " ".join([indicator.title, indicator.short_title, indicator.about, indicator.unit])
        assert not re.search(r"[a-z]_[a-z]", words), indicator.id


def test_a_dataset_of_a_period_that_is_not_held_is_none():
    assert CATALOGUE.dataset("ko41a", "2023-24") is None


def test_a_dataset_without_codes_has_no_figures():
    totals = next(d for d in CATALOGUE.datasets if d.id == "ko41-national-totals")
    assert indicators.figures(CATALOGUE, totals, DATA) == []
