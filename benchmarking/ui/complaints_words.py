"""What stands around the pictures of published complaints: warnings, making, sources, totals."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from benchmarking.complaints import Nation, Rate, Year, tracing
from benchmarking.indicators import Caution, Indicator, Source
from benchmarking.indicators.model import Speaker
from benchmarking.ui import html


@dataclass(frozen=True)
class Around:
    """Markup that is the same for every trust of a year; ``warnings`` by indicator."""

    warnings: Mapping[str, Markup]
    sources: Markup


def around(year: Year) -> Around:
    """What stands around the figures of a year."""
    warnings = {i.id: _warnings(year, i) for i in year.catalogue.indicators}
    return Around(warnings, _sources(year))


def tiles(nation: Nation) -> Markup:
    """The figures that everybody may check, side by side."""
    figures = [
        ("NHS trusts with a return", f"{nation.trusts:,}"),
        ("New written complaints", f"{nation.count('complaints_total_new'):,}"),
        ("Complaints resolved", f"{nation.count('complaints_total_resolved'):,}"),
    ]
    if isinstance(nation.new, Rate):
        figures.insert(2, ("New complaints per 1,000 staff", f"{nation.new.value:,.1f}"))
    tile = Markup(
        '<li class="bm-tile"><span class="name">{}</span><span class="figure">{}</span></li>'
    )
    inside = html.joined([tile.format(*figure) for figure in figures])
    return Markup('<ul class="bm-tiles">{}</ul>').format(inside)


def _warnings(year: Year, indicator: Indicator) -> Markup:
    """The warning that matters most and the publisher's first; all of them folded."""
    cautions = year.catalogue.cautions_of(indicator)
    by_publisher = [caution for caution in cautions if caution.by is Speaker.PUBLISHER]
    first = dict.fromkeys([cautions[0], *by_publisher[:1]])
    folded = _folded(
        f"All {len(cautions)} warnings, and how this is worked out",
        html.joined([_caution(caution) for caution in cautions]),
        " ".join(tracing.how_made(year, indicator)),
    )
    return Markup('<p class="bm-note"><strong>Before you compare:</strong> {}</p>{}').format(
        " ".join(caution.says.strip() for caution in first), folded
    )


def _caution(caution: Caution) -> Markup:
    by = "the publisher, in our words" if caution.by is Speaker.PUBLISHER else "this project"
    return Markup('<li>{} ({}: <a href="{}" target="_blank" rel="noopener">{}</a>)</li>').format(
        caution.says.strip(), by, caution.source.url, caution.source.document
    )


def _sources(year: Year) -> Markup:
    sources = html.joined([_source(source) for source in tracing.sources(year)])
    title = "Sources, licence, and how to trace a number"
    return _folded(title, sources, tracing.HOW_TO_TRACE)


def _source(source: Source) -> Markup:
    return Markup('<li><a href="{}" target="_blank" rel="noopener">{}</a>, {}. {}</li>').format(
        source.url, source.document, source.publisher, source.attribution
    )


def _folded(title: str, items: Markup, text: str) -> Markup:
    return Markup(
        '<details class="bm-small"><summary>{}</summary><ul class="bm-list bm-small">{}</ul>'
        '<p class="bm-small">{}</p></details>'
    ).format(title, items, text)
