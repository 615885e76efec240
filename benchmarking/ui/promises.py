"""What a trust promised to do, with a word for what became of it."""

from markupsafe import Markup

from benchmarking import result_words
from benchmarking.positions import Promise


def markup(promise: Promise | None) -> Markup:
    """The promise with its owner, its date and whether it is done, open or late."""
    who = result_words.promised(promise)
    if promise is None:
        return Markup('<p class="bm-note">{}.</p>').format(who)
    return Markup('<p class="bm-promise"><span class="bm-mark">{}</span> {}<br>{}</p>').format(
        result_words.kept(promise), promise.text, who
    )
