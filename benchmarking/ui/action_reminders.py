"""What is late and what is due soon, for the pages that people open first."""

from collections.abc import Sequence

from markupsafe import Markup

from benchmarking.action_plan import action_words
from benchmarking.action_plan.actions import ListedAction
from benchmarking.trust_actions import Due
from benchmarking.ui import action_links, identity

MOST = 4


def lines(trust_code: str, late: Sequence[ListedAction], soon: Sequence[ListedAction]) -> list[str]:
    """A line for each action that presses, with the way to it; the way to the rest after some."""
    pressing = [*late, *soon]
    found: list[str] = [_line(trust_code, one) for one in pressing[:MOST]]
    if len(pressing) > MOST:
        rest = action_words.many(len(pressing) - MOST)
        words = f"{rest} more that are late or due soon"
        found.append(action_links.to_all(trust_code, words))
    return found


def _line(trust_code: str, one: ListedAction) -> Markup:
    promised = one.action.promised
    mine = promised.owner.person_id == identity.visit().person.person_id
    word = "Late since" if one.due is Due.LATE else "Due soon, on"
    return Markup("{} {} {}{}: {}").format(
        action_words.SHAPES[one.due],
        word,
        action_words.due_in_words(promised.due_on),
        " (yours)" if mine else "",
        action_links.to_one(trust_code, one.action.action_id, one.text),
    )
