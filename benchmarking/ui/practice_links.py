"""Links to good practice, from wherever a statement is shown."""

from urllib.parse import urlencode

from markupsafe import Markup

from benchmarking.standard import Statement

PAGE = "good-practice"
STATEMENT = "statement"


def to_all(trust_code: str | None) -> Markup:
    """A line that leads to all statements with how many examples each has."""
    place = f"?{urlencode({'trust': trust_code})}" if trust_code else ""
    return Markup(
        '<p><a href="{}{}" target="_self">Good practice: what trusts offer for others to copy ›</a>'
        "</p>"
    ).format(PAGE, place)


def to(statement: Statement, trust_code: str | None, words: str = "") -> Markup:
    """A link to the examples for one statement.

    Args:
        statement: which.
        trust_code: the reader's trust, so that people of several stay where they are.
        words: what the link says, if not that trusts do well there.
    """
    place = {STATEMENT: statement.id} | ({"trust": trust_code} if trust_code else {})
    said = words or f"What trusts do that do {statement.number} well ›"
    return Markup('<a href="{}?{}" target="_self">{}</a>').format(PAGE, urlencode(place), said)
