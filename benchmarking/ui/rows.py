"""Tables to read and not to sort: on a phone each row becomes a block with its own headings."""

from collections.abc import Sequence

from markupsafe import Markup

from benchmarking.ui import html


def table(caption: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table with a caption for those who hear the page.

    Args:
        caption: what the table is of.
        headings: one for each column; an empty one for a column that needs none.
        rows: a cell for each column, text or markup. The first names the row.
    """
    head = html.joined(
        [Markup('<th role="columnheader" scope="col">{}</th>').format(name) for name in headings]
    )
    body = html.joined([_row(headings, row) for row in rows])
    # The roles are said, because a browser forgets them where cells are drawn as blocks.
    html.put(
        Markup(
            '<table class="bm-rows" role="table"><caption>{}</caption>'
            '<thead role="rowgroup"><tr role="row">{}</tr></thead>'
            '<tbody role="rowgroup">{}</tbody></table>'
        ).format(caption, head, body)
    )


def _row(headings: Sequence[str], row: Sequence[str]) -> Markup:
    first = Markup('<th role="rowheader" scope="row">{}</th>').format(row[0])
    others = [
        Markup('<td role="cell" data-of="{}">{}</td>').format(heading, cell)
        for heading, cell in zip(headings[1:], row[1:], strict=True)
    ]
    return Markup('<tr role="row">{}</tr>').format(html.joined([first, *others]))
