"""A quiet mark beside a text that may hold personal details, for those who work on it."""

from markupsafe import Markup

from benchmarking import personal_details
from benchmarking.ui import html

MARK = Markup('<span class="bm-mark" style="display:table">May hold personal details</span>')


def markup(*texts: str) -> Markup:
    """The mark, on a line of its own; nothing where no text needs it."""
    return MARK if personal_details.may_identify(*texts) else Markup("")


def put(*texts: str) -> None:
    """Shows the mark where one of the texts needs it."""
    if mark := markup(*texts):
        html.put(Markup('<p class="bm-note" style="margin:0">{}</p>').format(mark))
