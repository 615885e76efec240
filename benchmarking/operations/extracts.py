"""What was published, as tables for analysts: nothing that an inspector could not see on a page.

No free text, no evidence, no draft, no single reply. What complainants and files said of one trust
is in none of them: but for itself, nobody is shown one trust's voices.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarking import complaints, series
from benchmarking.access import Action, check_can
from benchmarking.assessing.sheets import NotThere
from benchmarking.complaints import Rate
from benchmarking.complaints.rates import rates
from benchmarking.indicators import Catalogue, Kind
from benchmarking.keeping import Keep
from benchmarking.moments import moment_in_words
from benchmarking.results import comparisons, trends
from benchmarking.results.comparisons import Choices
from benchmarking.results.provenance import FICTIONAL
from benchmarking.store import installation, parquet_folders
from benchmarking.store.installation import Kind as DatabaseKind
from benchmarking.store.parquet_folders import Column, ColumnType, Table
from benchmarking.visit import Visit

_TEXT, _WHOLE, _NUMBER = ColumnType.TEXT, ColumnType.WHOLE, ColumnType.NUMBER
_CODE = Column("trust_code", _TEXT, "The trust's code.")

LEVELS = (
    Column("cycle", _TEXT, "The cycle in which it was published."),
    _CODE,
    Column("trust_name", _TEXT, "The trust's name."),
    Column("trust_type", _TEXT, "Its type."),
    Column("region", _TEXT, "Its region."),
    Column("standard", _TEXT, "The standard that was asked."),
    Column("edition", _TEXT, "Its edition."),
    Column("stage", _TEXT, "The part of the standard, by its id."),
    Column("statement", _TEXT, "The statement, by its id."),
    Column("number", _TEXT, "The publisher's own number of the statement."),
    Column("claimed", _TEXT, "What the trust said, by the answer's id. Empty: it said nothing."),
    Column("evidenced", _TEXT, "What its evidence carries of that. Empty: it said nothing."),
    Column("level", _WHOLE, "Where the evidenced answer stands on the scale, 1 the lowest. A rank: "
           "not to be averaged. Empty: it said nothing, or the answer has no level."),
    Column("changed_after_release", ColumnType.YES_OR_NO, "Whether the trust published anew after "
           "others could see its results."),
)  # fmt: skip
MONTHS = (
    Column("year", _TEXT, "The calendar year."),
    _CODE,
    Column("series", _TEXT, "What is counted, by its id."),
    Column("month", ColumnType.DAY, "The month, by its first day."),
    Column("in_time", _WHOLE, "How many were in time. Empty: nothing was recorded, not 0."),
    Column("due", _WHOLE, "How many were due. 0: nothing was. Empty: nothing was recorded."),
    Column("target_percent", _NUMBER, "What was aimed at, 0 to 100. Empty: nothing was."),
)
COMPLAINTS = (
    Column("period", _TEXT, "The year that was published, April to March."),
    _CODE,
    Column("indicator", _TEXT, "The rate or share, by its id."),
    Column("unit", _TEXT, "What it is in."),
    Column("events", _WHOLE, "What is counted. Empty: see why_none."),
    Column("exposure", _NUMBER, "What it is divided by. Empty: see why_none."),
    Column("value", _NUMBER, "The rate or share. Empty: see why_none."),
    Column("low", _NUMBER, "Lower limit of its 95% interval."),
    Column("high", _NUMBER, "Upper limit of its 95% interval."),
    Column("why_none", _TEXT, "Why there is no figure. Empty: there is one."),
    Column("releases", _TEXT, "The files that it comes from, by dataset and SHA-256."),
)


def write(
    visit: Visit, catalogue: Catalogue, folder: Path, keep: Keep, cycle_id: str | None = None
) -> tuple[Table, ...]:
    """Writes what was published into a folder, in place of an earlier extract; the tables.

    Args:
        visit: an inspector's, or that of whoever runs the server.
        catalogue: the indicators of published complaints.
        folder: a new or an empty folder, or an earlier extract.
        keep: where results are kept while others are worked out.
        cycle_id: the levels of one released cycle alone; of all by default. The other tables
            belong to no cycle, so they are whole either way.

    Raises:
        Refused: the person may not compare trusts.
        NotThere: the cycle has not been released.
        ExtractFailed: it could not be written.
    """
    check_can(visit.person, Action.COMPARE)
    found = tables(visit, catalogue, keep, cycle_id)
    parquet_folders.write(folder, found, _readme(visit))
    return found


def tables(
    visit: Visit, catalogue: Catalogue, keep: Keep, cycle_id: str | None = None
) -> tuple[Table, ...]:
    """All that is written; raises as ``write`` does.

    Where no cycle has been released yet, there are the published complaints alone.
    """
    check_can(visit.person, Action.COMPARE)
    offered = _offered(visit, keep, cycle_id)
    levels = list(_levels(visit, offered, cycle_id)) if offered else []
    months = list(_months(visit, offered, keep)) if offered else []
    return (
        Table("levels", "Published levels, one row for each trust and statement.", LEVELS, levels),
        Table(
            "monthly_figures",
            "What trusts recorded month by month, up to the newest release.",
            MONTHS,
            months,
        ),
        Table(
            "published_complaints",
            "Rates and shares of real trusts, from figures that were published (KO41a).",
            COMPLAINTS,
            list(_complaints(visit, catalogue, keep)),
        ),
    )


def _offered(visit: Visit, keep: Keep, cycle_id: str | None) -> Choices | None:
    """What has been released; None where nothing has."""
    try:
        offered = comparisons.choices(visit, keep)
    except NotThere:
        offered = None
    released = {cycle.cycle_id for cycle in offered.cycles} if offered else set[str]()
    if cycle_id is not None and cycle_id not in released:
        raise NotThere(f"No released cycle is called {cycle_id}. Choose another one.")
    return offered


def _levels(visit: Visit, offered: Choices, cycle_id: str | None) -> Iterator[tuple[Any, ...]]:
    cycles = [cycle for cycle in offered.cycles if cycle_id in (None, cycle.cycle_id)]
    for cycle in cycles:
        for standard_id, _, _ in cycle.editions:
            yield from _levels_of(
                comparisons.compare(visit, cycle, standard_id=standard_id, so_far=offered.so_far)
            )


def _levels_of(found: comparisons.Comparison) -> Iterator[tuple[Any, ...]]:
    order = {choice.id: place for place, choice in enumerate(found.scale.valued, start=1)}
    for row in found.rows:
        trust = row.trust
        about = (trust.code, trust.name, trust.trust_type, trust.region)
        for column, cell in zip(found.columns, row.cells, strict=True):
            yield (
                found.cycle.cycle_id,
                *about,
                found.standard.id,
                found.standard.edition,
                column.stage.id,
                column.statement.id,
                column.statement.number,
                cell.claimed if cell else None,
                cell.evidenced if cell else None,
                order.get(cell.evidenced) if cell else None,
                row.changed_after_release,
            )


def _months(visit: Visit, offered: Choices, keep: Keep) -> Iterator[tuple[Any, ...]]:
    for trust in offered.trusts:
        for one in series.shipped():
            trend = trends.released(visit, trust.code, one.id, keep=keep)
            for point in trend.timeline.points:
                yield (
                    str(point.month.year),
                    trust.code,
                    one.id,
                    point.month,
                    point.figure.in_time if point.figure else None,
                    point.figure.due if point.figure else None,
                    point.target,
                )


def _complaints(visit: Visit, catalogue: Catalogue, keep: Keep) -> Iterator[tuple[Any, ...]]:
    try:
        newest = complaints.year_of(visit, catalogue, keep=keep)
    except NotThere:
        return
    for period in newest.periods:
        year = complaints.year_of(visit, catalogue, period, keep)
        releases = "; ".join(f"{name} {one.sha256}" for name, one in sorted(year.releases.items()))
        for indicator in catalogue.indicators:
            if indicator.kind is Kind.MIX or not set(indicator.measures) <= set(year.figures):
                continue
            for code, figure in sorted(rates(year, indicator).items()):
                yield (period, code, indicator.id, indicator.unit, *_figure(figure), releases)


def _figure(figure: complaints.Rate | complaints.Gap) -> Sequence[Any]:
    if isinstance(figure, Rate):
        return (figure.events, figure.exposure, figure.value, figure.low, figure.high, None)
    return (None, None, None, None, None, figure.value)


def _readme(visit: Visit) -> str:
    with visit.database.reading() as reading:
        is_fictional = installation.kind_of(reading) is DatabaseKind.DEMONSTRATION
    lines = [
        "# Published results, for analysis",
        "",
        f"Written on {moment_in_words(visit.now)}, at data revision {visit.stand.data_revision}.",
        *([FICTIONAL + " The published complaints are of real trusts."] if is_fictional else []),
        "",
        "Levels are what trusts said of themselves, limited to what their evidence carries: "
        "self-assessed, not a CQC rating. Trusts are named, as inspectors see them: who has these "
        "files has what inspectors have. Nothing in them is a draft, a text that somebody wrote, a "
        "piece of evidence or a reply. What complainants and complaint files say of one trust is "
        "shown to that trust alone, so it is not here.",
        "",
        "An empty value is not 0; the column says what it means.",
    ]
    return "\n".join(lines) + "\n"
