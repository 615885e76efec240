"""Trusts by statements as a table that is read like a map: a figure and a shade in each cell."""

from collections.abc import Sequence
from itertools import groupby
from urllib.parse import urlencode

from markupsafe import Markup

from benchmarking.evidence import Standing
from benchmarking.results.comparisons import Column, Comparison, TrustRow
from benchmarking.standard import AnswerScale, Choice, Missing
from benchmarking.ui import html

_MISSING = {Missing.DONT_KNOW: "?", Missing.NOT_APPLICABLE: "–", Missing.NOT_RECORDED: "∅"}
_NOT_ANSWERED = "·"
_CLAIMS_MORE = "!"
_COVERAGE = "How many have a level, of all that apply to the trust"


def draw(found: Comparison, stage_id: str | None, place: dict[str, str]) -> Markup:
    """The map; made once and kept, because it has a thousand cells.

    Args:
        found: what was published.
        stage_id: only this stage; None for all.
        place: what the address must hold besides the trust, for the link from each row.
    """
    kept = [n for n, c in enumerate(found.columns) if stage_id in (None, c.stage.id)]
    columns = [found.columns[n] for n in kept]
    cells = {choice.id: _cell_of(found.scale, choice) for choice in found.scale.choices}
    rows = [_row(row, kept, cells, place) for row in found.rows]
    return Markup(
        '<div class="bm-map" tabindex="0" role="region" aria-label="{}"><table>'
        "<caption>{}</caption><thead>{}{}</thead><tbody>{}</tbody></table></div>"
    ).format(
        "Heat map; scrolls sideways",
        f"Evidenced levels by trust and {found.standard.words.statement}, {found.cycle.title}",
        _stage_heads(columns),
        _heads(columns),
        html.joined(rows),
    )


def mark(scale: AnswerScale, standing: Standing | None) -> str:
    """What a cell says: a level, or the sign for why there is none; ! where more is claimed."""
    if standing is None:
        return _NOT_ANSWERED
    more = _CLAIMS_MORE if standing.is_capped else ""
    return f"{_sign(scale.by_id[standing.evidenced])}{more}"


def legend(scale: AnswerScale) -> Markup:
    """What figures, shades and signs mean, in words."""
    shades = [
        Markup('<li><span class="bm-cell {}">{}</span> {}</li>').format(
            _shade(scale, choice), _sign(choice), choice.label
        )
        for choice in scale.valued
    ]
    signs = [(_CLAIMS_MORE, "claimed higher than evidenced")] if scale.valued[0].level else []
    signs += [(_sign(c), c.label) for c in scale.choices if c.missing is not None]
    signs.append((_NOT_ANSWERED, "Not answered"))
    said = [Markup('<li><span class="bm-cell">{}</span> {}</li>').format(s, t) for s, t in signs]
    return Markup('<ul class="bm-key">{}</ul>').format(html.joined([*shades, *said]))


def statements(columns: Sequence[Column]) -> Markup:
    """The statements behind the numbers, in full, stage by stage."""
    parts: list[Markup] = []
    for stage, group in groupby(columns, key=lambda column: column.stage):
        parts.append(Markup("<dt>{} {}</dt>").format(stage.number, stage.title))
        parts += [
            Markup("<dd><strong>{}</strong> {}</dd>").format(c.statement.number, c.statement.text)
            for c in group
        ]
    return Markup('<dl class="bm-statements">{}</dl>').format(html.joined(parts))


def _stage_heads(columns: Sequence[Column]) -> Markup:
    heads = [
        Markup('<th scope="colgroup" colspan="{}">{} {}</th>').format(
            len(list(group)), stage.number, stage.title
        )
        for stage, group in groupby(columns, key=lambda column: column.stage)
    ]
    return Markup("<tr><td></td>{}<td></td></tr>").format(html.joined(heads))


def _heads(columns: Sequence[Column]) -> Markup:
    heads = [
        Markup('<th scope="col" title="{0} {1}"><abbr title="{1}">{0}</abbr></th>').format(
            column.statement.number, column.statement.text
        )
        for column in columns
    ]
    return Markup(
        '<tr><th scope="col">Trust</th>{}<th scope="col" title="{}">Coverage</th></tr>'
    ).format(html.joined(heads), _COVERAGE)


def _row(
    row: TrustRow, kept: Sequence[int], cells: dict[str, tuple[str, str]], place: dict[str, str]
) -> Markup:
    given = [row.cells[n] for n in kept]
    changed = Markup(' <span title="Changed after release">✎</span>')
    return Markup(
        '<tr><th scope="row"><a href="?{}" target="_self" title="{}">{} <span>{}</span></a>{}</th>'
        "{}<td>{} of {}</td></tr>"
    ).format(
        urlencode({**place, "trust": row.trust.code}),
        row.trust.name,
        row.trust.code,
        row.trust.name,
        changed if row.changed_after_release else "",
        html.joined([_cell(standing, cells) for standing in given]),
        row.with_level,
        row.applicable,
    )


def _cell(standing: Standing | None, cells: dict[str, tuple[str, str]]) -> Markup:
    if standing is None:
        return Markup("<td>{}</td>").format(_NOT_ANSWERED)
    shade, sign = cells[standing.evidenced]
    more = Markup("<b>!</b>") if standing.is_capped else ""
    return Markup('<td class="{}">{}{}</td>').format(shade, sign, more)


def _cell_of(scale: AnswerScale, choice: Choice) -> tuple[str, str]:
    return _shade(scale, choice), _sign(choice)


def _shade(scale: AnswerScale, choice: Choice) -> str:
    """The class of one of four shades; the lowest and highest of a scale are always apart."""
    if choice.value is None:
        return ""
    return f"s{1 + round(3 * choice.value)}"


def _sign(choice: Choice) -> str:
    if choice.missing is not None:
        return _MISSING[choice.missing]
    return str(choice.level) if choice.level else choice.label[:1]
