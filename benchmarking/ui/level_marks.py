"""Levels as small shapes beside their words: never colour alone."""

from collections.abc import Sequence

from markupsafe import Markup

from benchmarking.scoring import Rating
from benchmarking.standard import AnswerScale
from benchmarking.ui import html

_TALLEST = 30
_DISCS = "○◔◑◕●"


def disc(part: float) -> Markup:
    """A disc that is filled for a part from 0 to 1, in quarters.

    A letter and not a drawing: Streamlit takes SVG away, and paper takes backgrounds.
    """
    return Markup('<span class="bm-disc" aria-hidden="true">{}</span>').format(
        _DISCS[round(part * (len(_DISCS) - 1))]
    )


def rating(scale: AnswerScale, found: Rating) -> Markup:
    """A rating as shape and word; or why there is none."""
    if found.word is None:
        return Markup('<span class="bm-unrated">{}</span>').format(found.why)
    if found.percent is not None:
        said = f"{found.word}, {found.percent}%"
        held = " Held down by a low answer." if found.limited else ""
        return Markup('<span class="bm-rated">{} {}</span>{}').format(
            disc(found.percent / 100), said, held and Markup("<small>{}</small>").format(held)
        )
    place = [choice.id for choice in scale.valued].index(found.choice or "")
    return Markup('<span class="bm-rated">{} {}</span>').format(
        disc((place + 1) / len(scale.valued)), found.word
    )


def bars(counts: Sequence[int], said: str, *, own: bool, mark: int | None = None) -> Markup:
    """A row of small bars, one for each level, with its count above and its number below.

    Args:
        counts: how many at each level, the lowest first.
        said: the same in words, for who cannot see it.
        own: whether they are the reader's trust (blue) or its peers (grey).
        mark: the place of the level that is underlined.
    """
    most = max(counts, default=0) or 1
    columns = [
        Markup('<span{}><b>{}</b><i style="height:{}px"></i>{}</span>').format(
            Markup(' class="middle"') if place == mark else "",
            count,
            max(1, round(_TALLEST * count / most)),
            place + 1,
        )
        for place, count in enumerate(counts)
    ]
    return Markup('<span class="bm-bars{}" role="img" aria-label="{}">{}</span>').format(
        " own" if own else "", said, html.joined(columns)
    )


def key(who: str, *, peers: bool, last: bool, other: str = "") -> Markup:
    """What the shapes of a profile mean, in words."""
    entries = [
        Markup('<li><i class="dot"></i>{}: what the evidence carries</li>').format(who),
        Markup('<li><i class="claim"></i>what is claimed, where that is more</li>'),
    ]
    if other:
        entries.append(
            Markup('<li><i class="dot square"></i>{}: what the evidence carries</li>').format(other)
        )
    if last:
        entries.append(Markup('<li><i class="tick"></i>last cycle</li>'))
    if peers:
        entries.append(Markup('<li><i class="bar"></i>how many peers, by level</li>'))
        entries.append(Markup('<li><i class="middle"></i>the middle of peers</li>'))
    return Markup('<ul class="bm-key">{}</ul>').format(html.joined(entries))
