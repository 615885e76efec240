"""Choosing what a page is about. Choices live in the address, so that it can be shared."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import streamlit as st

from benchmarking.sheets import NotThere, Part, Sheet
from benchmarking.visit import Visit

Option = TypeVar("Option")


def own_trust(visit: Visit) -> str:
    """The code of the trust that the person works for; asks only people with several.

    Raises:
        NotThere: the person has a role in no trust.
    """
    codes = visit.person.trusts
    if not codes:
        raise NotThere("You have no role in any trust. Ask your administrator.")
    if len(codes) == 1:
        return codes[0]
    return one_of("Trust", codes, key="trust")


def one_of(
    label: str,
    options: Sequence[Option],
    *,
    key: str,
    shown_as: Callable[[Option], str] = str,
    first: int = 0,
) -> Option:
    """One of several options, from a drop-down whose choice is kept in the address."""
    chosen = st.selectbox(
        label, options, index=first, format_func=shown_as, key=key, bind="query-params"
    )
    return options[first] if chosen is None else chosen


def part(sheet: Sheet) -> Part:
    """The stage to work on: the one in the address, else the first that is not finished."""
    by_standard = {name: sheet.parts_of(name) for name, _, _ in sheet.cycle.editions}
    current = _first_unfinished(sheet.parts)
    chosen = st.segmented_control(
        "Standard",
        list(by_standard),
        default=current.standard.id,
        required=True,
        format_func=lambda name: _standard_tab(by_standard[name]),
        key="standard",
        bind="query-params",
        on_change=_to_first_unfinished,
        args=(by_standard,),
        label_visibility="collapsed",
    )
    parts = {part.stage.id: part for part in by_standard[chosen or current.standard.id]}
    stage = st.pills(
        "Stage",
        list(parts),
        default=_first_unfinished(tuple(parts.values())).stage.id,
        required=True,
        format_func=lambda name: _stage_tab(parts[name]),
        key="stage",
        bind="query-params",
        label_visibility="collapsed",
    )
    return parts[stage or next(iter(parts))]


def go_to(part: Part) -> None:
    """Chooses a stage from elsewhere on the page; for callbacks."""
    st.session_state["standard"] = part.standard.id
    st.session_state["stage"] = part.stage.id


def _to_first_unfinished(by_standard: Mapping[str, Sequence[Part]]) -> None:
    go_to(_first_unfinished(by_standard[st.session_state["standard"]]))


def _first_unfinished(parts: Sequence[Part]) -> Part:
    return next((part for part in parts if part.done < len(part.lines)), parts[0])


def _standard_tab(parts: Sequence[Part]) -> str:
    done, total = sum(part.done for part in parts), sum(len(part.lines) for part in parts)
    return f"{parts[0].standard.short_title} · {_mark(done, total)}"


def _stage_tab(part: Part) -> str:
    return f"{part.stage.number} {part.stage.title} · {_mark(part.done, len(part.lines))}"


def _mark(done: int, total: int) -> str:
    return "✓" if done == total else f"{done} of {total}"
