"""All trusts' icons of one series as a table: on the page, and as a file."""

from collections.abc import Sequence
from urllib.parse import urlencode

import pandas as pd
from markupsafe import Markup

from benchmarking.charts.decimals import two_places
from benchmarking.results import trend_words
from benchmarking.results.trends import Summary, TrustTrend
from benchmarking.series.months import month_in_words, short_month
from benchmarking.ui import html, trend_marks

_ICON = 30
_HEADS = ("Trust", "Latest", "In time", "Variation", "Target", "Assurance")
_CORRECTED = "Corrected after release"
_VERY_FEW = "Very few a month"


def table(found: Summary, rows: Sequence[TrustTrend]) -> Markup:
    """Some of the rows of a summary, each trust a link to its chart."""
    numbers = {"In time", "Target"}
    heads = [
        Markup('<th scope="col"{}>{}</th>').format(_class(head in numbers), head) for head in _HEADS
    ]
    return Markup(
        '<table class="bm-trends"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>'
    ).format(html.joined(heads), html.joined([_row(found, row) for row in rows]))


def frame(rows: Sequence[TrustTrend]) -> pd.DataFrame:
    """One row per trust, in words and numbers."""
    return pd.DataFrame(
        [
            {
                "Code": row.trust.code,
                "Trust": row.trust.name,
                "Type": row.trust.trust_type,
                "Latest month": month_in_words(row.latest.month) if row.latest else "None",
                "In time": row.latest.figure.in_time if row.latest and row.latest.figure else "",
                "Due": row.latest.figure.due if row.latest and row.latest.figure else "",
                "Percent": _percent(row.latest.percent if row.latest else None),
                "Variation": row.variation_in_words,
                "Target": _percent(row.latest.target if row.latest else None),
                "Assurance": row.assurance_in_words,
                _VERY_FEW: "yes" if row.very_few else "no",
                _CORRECTED: "yes" if row.corrected_after_release else "no",
            }
            for row in rows
        ]
    )


def _row(found: Summary, row: TrustTrend) -> Markup:
    place = urlencode({"view": "all", "series": found.series.id, "trust": row.trust.code})
    corrected = Markup(' <span title="{}">✎</span>').format(_CORRECTED)
    latest = row.latest
    return Markup(
        '<tr><th scope="row"><a href="?{}" target="_self">{} {}</a>{}</th><td>{}</td>'
        '<td class="number">{}</td><td class="icon"><span>{}{}</span></td>'
        '<td class="number aim">{}</td><td class="icon"><span>{}{}</span></td></tr>'
    ).format(
        place,
        row.trust.code,
        row.trust.name,
        corrected if row.corrected_after_release else "",
        short_month(latest.month) if latest else "None",
        _figure(row),
        trend_marks.variation_icon(row.variation, _ICON),
        _varies(row),
        trend_words.target(latest.target) if latest and latest.target is not None else "–",
        trend_marks.assurance_icon(row.assurance, _ICON),
        trend_words.icon(row.assurance_in_words),
    )


def _figure(row: TrustTrend) -> Markup:
    if row.latest is None or row.latest.figure is None:
        return Markup(trend_words.NOTHING_DUE)
    return Markup("{} <small>({})</small>").format(
        trend_words.of_month(row.latest), trend_words.counts(row.latest.figure)
    )


def _varies(row: TrustTrend) -> Markup:
    said = trend_words.icon(row.variation_in_words)
    if not row.very_few:
        return Markup("<b>{}</b>").format(said)
    return Markup("<b>{} <small>{}</small></b>").format(said, _VERY_FEW.lower())


def _percent(share: float | None) -> object:
    return "" if share is None else two_places(share)


def _class(is_number: bool) -> Markup:
    return Markup(' class="number"') if is_number else Markup("")
