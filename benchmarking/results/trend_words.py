"""Monthly series in plain words: the same on the page, in alt texts and in files."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from statistics import median

from benchmarking.answers import Cycle
from benchmarking.moments import in_words, local
from benchmarking.series import MonthlyFigure, Point, Series, Timeline
from benchmarking.series.months import listed_months, month_in_words
from benchmarking.statistics.spc import Assurance, Variation, XmrChart

NOT_RECORDED = "Not recorded"
NOTHING_DUE = "Nothing due"
# Below this, one complaint more or less moves a month by more than three points.
FEW = 30
# And below this, a single one by more than ten.
VERY_FEW = 10
QUESTIONS = "What stands out is a question to ask, not a judgement."

# What these icons say at length stands in the sentence beside them, or in the drawing.
_SAYS_ENOUGH = {
    *("Common cause", "Significant improvement", "Significant concern"),
    *("Hit or miss", "Consistently passing", "Consistently failing"),
}
_ASSURED = {
    Assurance.PASSING: "will be met month after month, unless something changes.",
    Assurance.FAILING: "will be missed month after month, unless something changes.",
    Assurance.HIT_OR_MISS: "will be met in some months and missed in others, unless something "
    "changes.",
}


def percent(share: float) -> str:
    """A share in whole per cent; one that is not quite all or not quite none keeps a place.

    Halves are rounded up, as on paper.
    """
    whole = int(share + 0.5)
    if whole == share or 0 < whole < 100:
        return f"{whole}%"
    # 99.97% must not read as all, nor 0.02% as none.
    return f"{min(max(round(share, 1), 0.1), 99.9)}%"


def of_month(point: Point) -> str:
    """A month's percent, or why there is none."""
    if point.figure is None:
        return NOT_RECORDED
    return NOTHING_DUE if point.percent is None else percent(point.percent)


def counts(figure: MonthlyFigure) -> str:
    """The two counts of a month, as "18 of 22"."""
    return f"{figure.in_time:,} of {figure.due:,}"


def lead(series: Series, line: Timeline, chart: XmrChart) -> str:
    """The answer: the latest month, whether it is unusual, whether the target will be met."""
    latest = line.latest
    if not line.points:
        return f"{series.short_title}: nothing is recorded yet."
    if latest is None or latest.figure is None:
        return f"{series.short_title}: nothing was due in any month that is recorded."
    said = (
        f"{series.short_title}: {of_month(latest)} in {month_in_words(latest.month)} "
        f"({counts(latest.figure)})."
    )
    rest = [varies(line, chart), assured(latest, chart), _in_doubt(line)]
    return " ".join(filter(None, [said, *rest]))


def varies(line: Timeline, chart: XmrChart) -> str:
    """Whether the latest month is unusual, and by which rule; or how many months are lacking."""
    if chart.variation is Variation.TOO_FEW_POINTS:
        return too_few(line, chart)
    if chart.variation is Variation.COMMON_CAUSE:
        return f"{chart.variation.in_words()}."
    at = next(place for place in reversed(range(len(line.points))) if _is_measured(line, place))
    return f"{chart.variation.in_words()}; this month is {chart.point_in_words(at)}."


def too_few(line: Timeline, chart: XmrChart) -> str:
    """How many months limits still need."""
    least, lacking = chart.rules.least_points, chart.rules.least_points - chart.made_from
    since = f" since the limits began anew in {_anew(line)}" if line.rebases else ""
    months = "month is" if chart.made_from == 1 else "months are"
    more = "1 more month is" if lacking == 1 else f"{lacking} more months are"
    return (
        f"Limits need {least} months. {chart.made_from} {months} recorded{since}, so {more} "
        f"needed before anybody can say what is unusual."
    )


def assured(latest: Point, chart: XmrChart) -> str:
    """Whether the target will be met; empty where there is none, or nothing can be said."""
    if latest.target is None or chart.assurance not in _ASSURED:
        return ""
    return f"The target of {target(latest.target)} {_ASSURED[chart.assurance]}"


def target(aim: float) -> str:
    """A target as it was set: "85%", "92.5%"."""
    return f"{aim:g}%"


def icon(said: str) -> str:
    """The first words of an icon, where they say enough; the whole of a reason for none."""
    head, _, _ = said.partition(":")
    return head if head in _SAYS_ENOUGH else said


def is_very_few(line: Timeline) -> bool:
    """Whether so few are due in a middle month that signals say little."""
    due = _due(line)
    return bool(due) and median(due) < VERY_FEW


def small_print(
    series: Series, line: Timeline, chart: XmrChart, seen_up_to: date | None
) -> tuple[str, ...]:
    """What is counted, how many each month, the rules, the source; a sentence or more each."""
    return tuple(
        filter(
            None,
            [
                _counted(series),
                _how_many(line),
                _gaps(line),
                f"{chart.rules.in_words()} Limits of a percentage are drawn from 0% to 100%.",
                _law(series),
                f"Rests on: {series.source.document}, {series.source.page}. "
                f"{series.source.checked}",
                _recorded(line, seen_up_to),
                QUESTIONS,
            ],
        )
    )


def summed_up(series: Series, charts: Sequence[XmrChart], last: date) -> str:
    """How many trusts stand out, and in which way."""
    if not charts:
        return f"{series.short_title}: no trust has recorded a month up to {month_in_words(last)}."
    found = Counter(_kind(chart.variation) for chart in charts)
    said = [f"{many:,} {kind}" for kind in _KINDS if (many := found[kind])]
    trusts = "1 trust has" if len(charts) == 1 else f"{len(charts):,} trusts have"
    return (
        f"{series.short_title}, months up to {month_in_words(last)}: {trusts} recorded figures. "
        f"By their latest month: {_listed(said)}."
    )


def under_summary(series: Series, cycle: Cycle, last: date, chart_rules: str) -> tuple[str, ...]:
    """Which months are shown and why, what is counted, and the rules."""
    released = in_words(local(cycle.release_at).date())
    return (
        f"Shown are months up to {month_in_words(last)}: those that ended before {released}, the "
        f"release date of {cycle.title}.",
        "Each icon is about the trust’s own latest month and its own limits. Trusts are not "
        "compared with each other, and their order is that of their codes.",
        "✎ A month was corrected after it could be seen here.",
        _counted(series),
        chart_rules,
        QUESTIONS,
    )


_COMMON, _BETTER, _WORSE, _CHANGED, _TOO_FEW, _NONE = _KINDS = (
    "common cause",
    "significant improvement",
    "significant concern",
    "significant change",
    "with too few months to say",
    "with no month in which anything was due",
)


def _kind(variation: Variation) -> str:
    name = variation.name.split("_")[0]
    kinds = {"IMPROVEMENT": _BETTER, "CONCERN": _WORSE, "NEUTRAL": _CHANGED}
    others = {
        Variation.COMMON_CAUSE: _COMMON,
        Variation.TOO_FEW_POINTS: _TOO_FEW,
        Variation.NO_POINTS: _NONE,
    }
    return others.get(variation) or kinds[name]


def _listed(parts: Sequence[str]) -> str:
    *most, last = parts
    return f"{', '.join(most)} and {last}" if most else last


def _is_measured(line: Timeline, place: int) -> bool:
    return line.points[place].percent is not None


def _anew(line: Timeline) -> str:
    return month_in_words(line.rebases[-1].from_month)


def _counted(series: Series) -> str:
    return f"Counted: {series.denominator}. {series.numerator}."


def _how_many(line: Timeline) -> str:
    """How many were due a month, and what a single complaint does to a percent."""
    due = _due(line)
    if not due:
        return ""
    middle = median(due)
    said = f"Due each month: {min(due):,} to {max(due):,}, {middle:,.0f} in the middle."
    if min(due) == max(due):
        said = f"Due each month: {due[0]:,}."
    if middle >= FEW:
        return said
    return (
        f"{said} With so few, one complaint moves a month by about {100 / middle:.0f} percentage "
        f"points, so look at the pattern and not at a single month."
    )


def _due(line: Timeline) -> list[int]:
    return [point.figure.due for point in line.measured if point.figure is not None]


def _in_doubt(line: Timeline) -> str:
    if not is_very_few(line):
        return ""
    return (
        f"With {median(_due(line)):,.0f} due in a middle month, the rules can hardly tell a "
        f"change from chance: look at half a year or more."
    )


def _gaps(line: Timeline) -> str:
    said = []
    if line.not_recorded:
        said.append(f"Not recorded: {listed_months(line.not_recorded)}.")
    if line.nothing_due:
        said.append(f"Nothing was due in {listed_months(line.nothing_due)}.")
    return " ".join(said)


def _law(series: Series) -> str:
    return "" if series.target is None else series.target.because


def _recorded(line: Timeline, seen_up_to: date | None) -> str:
    """Who recorded the newest figure and when; for inspectors, which months they see."""
    saved = [p.figure for p in line.points if p.figure is not None and p.figure.saved_at]
    newest = max(saved, key=lambda figure: str(figure.saved_at), default=None)
    if newest is None or newest.saved_at is None:
        return ""
    day = in_words(local(newest.saved_at).date())
    if seen_up_to is not None:
        return (
            f"Recorded by the trust itself, last on {day}. Months up to "
            f"{month_in_words(seen_up_to)} are shown to inspectors."
        )
    return f"Recorded by the trust itself, last on {day} ({newest.author or 'on the server'})."
