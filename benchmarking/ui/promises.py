"""What a trust promised to do about a statement, with a word for what became of it."""

from collections.abc import Sequence

from markupsafe import Markup

from benchmarking.action_plan import action_words
from benchmarking.results.positions import Promise
from benchmarking.ui import html


def markup(promises: Sequence[Promise]) -> Markup:
    """Each promise with its owner, its day and how it stands; or that there is none."""
    if not promises:
        return Markup('<p class="bm-note">Nothing has been promised about this yet.</p>')
    return html.joined([_one(promise) for promise in promises])


def _one(promise: Promise) -> Markup:
    return Markup('<p class="bm-promise"><span class="bm-mark">{}</span> {}<br>{}</p>').format(
        action_words.stands(promise.status, promise.due),
        promise.text,
        action_words.promised(promise),
    )
