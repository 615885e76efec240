"""What somebody holds, on the page they open first: each with the way to its question."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from markupsafe import Markup

from benchmarking.answers import WHOLE_TRUST
from benchmarking.assessing import assignments
from benchmarking.assessing.sheets import Line, Sheet
from benchmarking.moments import in_words

PAGE = "assessment"
# What a question is called in the address.
QUESTION = "question"
MOST = 5


def lines(sheet: Sheet, mine: Sequence[Line], today: date) -> list[Markup]:
    """A line for each question that somebody still has to do; the way to the rest after some."""
    found = [_line(sheet, line, today) for line in mine[:MOST]]
    if len(mine) > MOST:
        words = f"{len(mine) - MOST} more that you hold"
        place = {**_whose(sheet), "show": assignments.Which.MINE.value}
        found.append(_link(place, words))
    return found


def _line(sheet: Sheet, line: Line, today: date) -> Markup:
    given = line.assignment
    day = in_words(given.wanted_by) if given and given.wanted_by else ""
    late = assignments.is_overdue(line, today)
    when = f"Overdue since {day}: " if late else f"Wanted by {day}: " if day else "Yours: "
    part = next(part for part in sheet.parts if line in part.lines)
    place = {
        **_whose(sheet),
        "standard": part.standard.id,
        "stage": part.stage.id,
        QUESTION: line.key.item_id,
    }
    words = f"{line.statement.number} {line.statement.text}"
    return Markup("{}{}").format(when, _link(place, words))


def _whose(sheet: Sheet) -> dict[str, str]:
    scope = {} if sheet.scope == WHOLE_TRUST else {"scope": f"{sheet.trust.code}.{sheet.scope}"}
    return {"trust": sheet.trust.code, **scope}


def _link(place: dict[str, str], words: str) -> Markup:
    return Markup('<a href="{}?{}" target="_self">{}</a>').format(PAGE, urlencode(place), words)
