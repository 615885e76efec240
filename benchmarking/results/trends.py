"""One series of a trust over the months, with its limits and what stands out; and of all trusts.

A trust sees its own months as soon as they are recorded. Inspectors see those that ended before
the newest release date of a cycle; other trusts never see them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

import numpy as np

from benchmarking.access import Action, check_can
from benchmarking.answers import Cycle, Organisation
from benchmarking.assessing.sheets import NotThere, trust_of
from benchmarking.keeping import Keep, Key, afresh
from benchmarking.moments import local
from benchmarking.results import trend_words
from benchmarking.results.history import Cycles
from benchmarking.series import Point, Record, Series, Target, Timeline, shipped, timeline
from benchmarking.series.months import last_ended, through
from benchmarking.statistics.spc import Assurance, Variation, XmrChart, XmrCharts, xmr
from benchmarking.store import monthly, organisations
from benchmarking.visit import Visit


@dataclass(frozen=True)
class Trend:
    """One series of one trust. ``chart`` has a point for each point of the timeline.

    ``targets`` are those the trust has set, the oldest first; ``seen_up_to`` is the last month
    that the reader may see, None for the trust itself. ``key`` names all it depends on.
    """

    trust: Organisation
    series: Series
    timeline: Timeline
    chart: XmrChart
    targets: tuple[Target, ...]
    seen_up_to: date | None
    sentence: str
    small_print: tuple[str, ...]
    key: Key


@dataclass(frozen=True)
class TrustTrend:
    """A line of the summary: one trust, its latest month, and its two icons.

    ``variation_in_words`` and ``assurance_in_words`` say why where there is no icon.
    ``very_few`` holds where so few are due each month that signals say little.
    ``corrected_after_release`` holds where a month was corrected after others could see it.
    """

    trust: Organisation
    latest: Point | None
    variation: Variation
    assurance: Assurance
    variation_in_words: str
    assurance_in_words: str
    very_few: bool
    corrected_after_release: bool


@dataclass(frozen=True)
class Summary:
    """One series of every trust, by code, as far as inspectors may see it.

    ``silent`` are trusts that have recorded nothing of it.
    """

    series: Series
    cycle: Cycle
    last_month: date
    rows: tuple[TrustTrend, ...]
    silent: tuple[Organisation, ...]
    sentence: str
    small_print: tuple[str, ...]
    key: Key


def of_trust(visit: Visit, trust_code: str, series_id: str, *, keep: Keep = afresh) -> Trend:
    """A trust's own series, to the last month that it has recorded.

    Raises:
        Refused: the person may not see this trust's trends.
        NotThere: no such trust or series.
    """
    check_can(visit.person, Action.SEE_TRENDS, trust_code)
    key = ("trend", visit.stand.of_trust(trust_code), trust_code, series_id)
    return keep(key, partial(_trend, visit, trust_code, series_id, None, key))


def released(visit: Visit, trust_code: str, series_id: str, *, keep: Keep = afresh) -> Trend:
    """A trust's series as inspectors may see it: months before the newest release date.

    Raises:
        Refused: the person may not compare trusts.
        NotThere: no such trust or series, or no cycle has been released yet.
    """
    check_can(visit.person, Action.COMPARE)
    cycles = Cycles(visit, keep)
    last = _last_month(_newest_released(cycles))
    key = cycles.key("released trend", trust_code, series_id)
    return keep(key, partial(_trend, visit, trust_code, series_id, last, key))


def of_all(visit: Visit, series_id: str, *, keep: Keep = afresh) -> Summary:
    """One series of all trusts, named, as far as inspectors may see it.

    Raises:
        Refused: the person may not compare trusts.
        NotThere: no such series, or no cycle has been released yet.
    """
    check_can(visit.person, Action.COMPARE)
    cycles = Cycles(visit, keep)
    cycle = _newest_released(cycles)
    key = cycles.key("trends of all", series_id)
    return keep(key, partial(_summary, visit, series_id, cycle, key))


def series_of(series_id: str) -> Series:
    """The series with this id.

    Raises:
        NotThere: there is none.
    """
    for series in shipped():
        if series.id == series_id:
            return series
    raise NotThere("There is no such series. Choose one of those shown.")


def _newest_released(cycles: Cycles) -> Cycle:
    if not cycles.released:
        raise NotThere("No cycle has been released yet, so no trust’s months are shown to others.")
    return max(cycles.released, key=lambda cycle: cycle.release_at)


def _last_month(cycle: Cycle) -> date:
    """The last month that ended before a cycle's release date, by London's calendar."""
    return last_ended(local(cycle.release_at).date())


def _trend(visit: Visit, trust_code: str, series_id: str, last: date | None, key: Key) -> Trend:
    series = series_of(series_id)
    with visit.database.reading() as reading:
        trust = trust_of(reading, trust_code)
        record = monthly.record_of(reading, trust.organisation_id)
    shown = record if last is None else record.up_to(last)
    line = timeline(series, shown)
    chart = _charts(series, [line]).of(0)
    return Trend(
        trust=trust,
        series=series,
        timeline=line,
        chart=chart,
        targets=shown.of_series(series_id).targets,
        seen_up_to=last,
        sentence=trend_words.lead(series, line, chart),
        small_print=trend_words.small_print(series, line, chart, last),
        key=key,
    )


def _summary(visit: Visit, series_id: str, cycle: Cycle, key: Key) -> Summary:
    series, last = series_of(series_id), _last_month(cycle)
    with visit.database.reading() as reading:
        trusts = organisations.every(reading)
        every = monthly.every_record(reading)
    records = {t.code: every.get(t.organisation_id, Record()).up_to(last) for t in trusts}
    lines = {trust.code: timeline(series, records[trust.code]) for trust in trusts}
    there = [trust for trust in trusts if lines[trust.code].points]
    found = _charts(series, [lines[trust.code] for trust in there])
    charts = [found.of(number) for number in range(len(there))]
    rows = tuple(
        TrustTrend(
            trust=trust,
            latest=lines[trust.code].latest,
            variation=chart.variation,
            assurance=chart.assurance,
            variation_in_words=chart.variation_in_words(),
            assurance_in_words=chart.assurance_in_words(),
            very_few=trend_words.is_very_few(lines[trust.code]),
            corrected_after_release=_was_corrected(
                records[trust.code].of_series(series_id), cycle.release_at
            ),
        )
        for trust, chart in zip(there, charts, strict=True)
    )
    return Summary(
        series=series,
        cycle=cycle,
        last_month=last,
        rows=rows,
        silent=tuple(trust for trust in trusts if not lines[trust.code].points),
        sentence=trend_words.summed_up(series, charts, last),
        small_print=trend_words.under_summary(series, cycle, last, found.rules.in_words()),
        key=key,
    )


def _charts(series: Series, lines: Sequence[Timeline]) -> XmrCharts:
    """The limits and signals of several timelines at once; a chart's points end with the line's.

    All start with the earliest month, so that one call does for all; months before a trust's
    first are without a figure, and those are passed over.
    """
    months = [point.month for line in lines for point in line.points]
    axis = through(min(months), max(months)) if months else ()
    place = {month: number for number, month in enumerate(axis)}
    values = np.full((len(lines), len(axis)), np.nan)
    targets = values.copy()
    rebases: list[list[int]] = []
    for row, line in enumerate(lines):
        for point in line.points:
            values[row, place[point.month]] = np.nan if point.percent is None else point.percent
            targets[row, place[point.month]] = np.nan if point.target is None else point.target
        rebases.append([place[rebase.from_month] for rebase in line.rebases])
    return xmr(values, polarity=series.polarity, targets=targets, rebase=rebases)


def _was_corrected(record: Record, since: datetime) -> bool:
    return any(
        figure.figure_revision > 1 and figure.saved_at is not None and figure.saved_at > since
        for figure in record.figures
    )
