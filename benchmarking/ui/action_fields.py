"""The fields of an action, the same for a new one and one that is changed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from benchmarking.action_plan import action_entries, action_words, actions
from benchmarking.answers import Cycle, ItemKey
from benchmarking.assessing.sheets import current_cycle, standards_of
from benchmarking.results.result_words import level
from benchmarking.standard import Choice
from benchmarking.trust_actions import Owner, Promised
from benchmarking.visit import Visit

_LONGEST_WORDS = 70


@dataclass(frozen=True)
class Offered:
    """What can be chosen in the fields, by the names that the browser knows.

    ``statements`` are those that the cycle asks, and any that an action serves already.
    """

    cycle: Cycle
    statements: Mapping[str, ItemKey]
    words: Mapping[str, str]
    colleagues: Mapping[str, str]
    levels: Mapping[str, Choice]


def offered(visit: Visit, trust_code: str, filled: Promised) -> Offered:
    """What can be chosen for an action of a trust; what is filled in can stay.

    Raises:
        Refused: the person may not answer for this trust.
        NotThere: no cycle has been opened.
    """
    people = {str(one.person_id): one.title for one in actions.colleagues(visit, trust_code)}
    if filled.owner.person_id is not None:
        people.setdefault(str(filled.owner.person_id), filled.owner.title)
    cycle = current_cycle(visit)
    standards = standards_of(visit.library, cycle)
    asked = [name for standard in standards for name in action_words.names_in(standard)]
    known = action_words.statement_names(visit.library)
    served = [known[item] for item in filled.statements if item in known]
    names = {_named(one.key): one for one in (*asked, *served)}
    return Offered(
        cycle,
        {name: one.key for name, one in names.items()},
        {name: _shortened(one.in_full) for name, one in names.items()},
        people,
        action_words.levels_of(visit.library, standards),
    )


def values(filled: Promised) -> Mapping[str, object]:
    """What stands in each field, by its name."""
    owner = filled.owner
    known = owner.person_id is not None
    return {
        "text": filled.text,
        "owner": str(owner.person_id) if known else None,
        "role": "" if known else owner.title,
        "due_on": filled.due_on,
        "statements": [_named(item) for item in filled.statements],
        "target_level": filled.target_level,
        "target_cycle": filled.target_cycle,
    }


def draw(choices: Offered, key_of: Callable[[str], str]) -> None:
    """The fields. ``key_of`` gives the key of a field by its name, just before it is drawn."""
    st.text_area(
        "What will be done. No names of patients or staff, please.",
        key=key_of("text"),
        max_chars=action_entries.LONGEST_TEXT,
    )
    st.multiselect(
        "Which statements it serves",
        list(choices.statements),
        format_func=lambda name: choices.words.get(name, name),
        placeholder="Choose one or more",
        select_all=False,
        key=key_of("statements"),
    )
    _who_and_when(choices, key_of)
    _target(choices, key_of)


def _who_and_when(choices: Offered, key_of: Callable[[str], str]) -> None:
    left, middle, right = st.columns([2, 2, 1])
    with left:
        st.selectbox(
            "Who does it",
            list(choices.colleagues),
            index=None,
            format_func=lambda number: choices.colleagues.get(number, number),
            placeholder="Choose a colleague",
            key=key_of("owner"),
        )
    with middle:
        st.text_input(
            "Or somebody else (a role, not a name)",
            key=key_of("role"),
            max_chars=action_entries.LONGEST_OWNER,
        )
    with right:
        st.date_input("By when", value=None, format="DD/MM/YYYY", key=key_of("due_on"))


def _target(choices: Offered, key_of: Callable[[str], str]) -> None:
    left, right = st.columns([2, 3])
    with left:
        st.selectbox(
            "Level to reach, if it aims at one",
            list(choices.levels),
            index=None,
            format_func=lambda choice: level(choices.levels.get(choice)),
            placeholder="No level",
            key=key_of("target_level"),
        )
    with right:
        st.text_input(
            f"In which cycle (left empty: the cycle after {choices.cycle.title})",
            key=key_of("target_cycle"),
            max_chars=action_entries.LONGEST_CYCLE,
        )


def entered(choices: Offered, said: Mapping[str, Any]) -> Promised:
    """What stands in the fields, by their names."""
    number = said["owner"]
    return Promised(
        text=said["text"],
        owner=Owner(said["role"], int(number) if number else None),
        due_on=said["due_on"],
        statements=tuple(
            choices.statements[name] for name in said["statements"] if name in choices.statements
        ),
        target_level=said["target_level"],
        target_cycle=said["target_cycle"],
    )


def _named(item: ItemKey) -> str:
    return f"{item.standard_id}/{item.item_id}"


def _shortened(words: str) -> str:
    return words if len(words) <= _LONGEST_WORDS else f"{words[:_LONGEST_WORDS].rstrip()} …”"
