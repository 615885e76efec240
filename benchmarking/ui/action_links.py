"""Links to the page Actions, and from there to the statement that an action serves."""

from urllib.parse import urlencode

from markupsafe import Markup

from benchmarking.answers import ItemKey

PAGE = "actions"
# What the chosen action is called in the address.
ACTION = "action"


def to_one(trust_code: str, action_id: int, words: str) -> Markup:
    """A link to one action.

    Args:
        trust_code: whose action, so that people of several trusts stay where they are.
        action_id: which.
        words: what the link says.
    """
    place = urlencode({"trust": trust_code, ACTION: action_id})
    return _link(f"{PAGE}?{place}", words)


def to_all(trust_code: str, words: str) -> Markup:
    """A link to all actions of a trust."""
    return _link(f"{PAGE}?{urlencode({'trust': trust_code})}", words)


def to_statement(trust_code: str, item: ItemKey, stage_id: str, words: str) -> Markup:
    """A link to the stage of the assessment in which a statement is asked about."""
    place = {"trust": trust_code, "standard": item.standard_id, "stage": stage_id}
    return _link(f"assessment?{urlencode(place)}", words)


def _link(address: str, words: str) -> Markup:
    return Markup('<a href="{}" target="_self">{}</a>').format(address, words)
