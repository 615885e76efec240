"""Comparing trusts on the page: a map, a table, one trust, two trusts side by side."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from benchmarking import exports
from benchmarking.answers import Cycle, Organisation
from benchmarking.peers import BASIS_LABELS
from benchmarking.results import comparisons, trust_profiles
from benchmarking.results.comparisons import Choices, Comparison
from benchmarking.results.positions import BASES
from benchmarking.standard import Standard
from benchmarking.ui import address, caches, heat_map, html, profile_view, show
from benchmarking.visit import Visit

MAP, TABLE, ONE, TWO = "map", "table", "trust", "beside"
_VIEWS = {MAP: "Heat map", TABLE: "Table", ONE: "One trust", TWO: "Side by side"}
_EVERY = "All"
_MANY = 12
_QUESTIONS = "Differences are questions to ask, not judgements. Self-assessed; not a CQC rating."


def show_all(visit: Visit) -> None:
    """The comparison that the person chooses."""
    offered = comparisons.choices(visit, caches.kept)
    view = _view()
    if view == ONE:
        _one(visit, offered)
    elif view == TWO:
        _two(visit, offered)
    else:
        _everyone(visit, offered, view)


def _view() -> str:
    return address.one_tab("View", list(_VIEWS), key="view", shown_as=_VIEWS.__getitem__, first=MAP)


def _cycle(offered: Choices) -> Cycle:
    return address.one_of(
        "Cycle",
        offered.cycles,
        key="cycle",
        shown_as=lambda cycle: cycle.title,
        named=lambda cycle: cycle.cycle_id,
    )


def _everyone(visit: Visit, offered: Choices, view: str) -> None:
    first, second, third, fourth = st.columns(4)
    with first:
        cycle = _cycle(offered)
    with second:
        standard = _standard(visit, cycle)
    with third:
        trust_type = address.one_of("Type", [_EVERY, *offered.types], key="type")
    with fourth:
        region = address.one_of("Region", [_EVERY, *offered.regions], key="region")
    found = comparisons.compare(
        visit,
        cycle,
        standard_id=standard.id,
        trust_type=None if trust_type == _EVERY else trust_type,
        region=None if region == _EVERY else region,
        so_far=offered.so_far,
    )
    show.lead(found.sentence)
    show.note(_QUESTIONS)
    if view == MAP:
        _map(found)
    else:
        _table(found)
    _statements(found)
    _silent(found)
    show.small_print(found.small_print)


def _standard(visit: Visit, cycle: Cycle) -> Standard:
    asked = [visit.library.standard(name, edition) for name, edition, _ in cycle.editions]
    return address.one_of(
        "Standard",
        asked,
        key="standard",
        shown_as=lambda standard: standard.short_title,
        named=lambda standard: standard.id,
    )


def _map(found: Comparison) -> None:
    stage = _stage(found)
    place = {"view": ONE, "cycle": found.cycle.cycle_id}
    html.put(heat_map.legend(found.scale))
    drawn = caches.kept(("heat map", stage, found.key), lambda: heat_map.draw(found, stage, place))
    html.put(drawn)


def _stage(found: Comparison) -> str | None:
    """One stage, so that the map fits a phone; or all."""
    names = {c.stage.id: c.stage.numbered for c in found.columns}
    chosen = address.one_tab(
        "Stage",
        [_EVERY, *names],
        key="stage",
        shown_as=lambda stage: names.get(stage, f"All {found.standard.words.stage}s"),
        first=_EVERY,
        small=True,
    )
    return None if chosen == _EVERY else chosen


def _table(found: Comparison) -> None:
    table = caches.kept(("comparison table", found.key), lambda: _rows(found))
    texts = {c.statement.number: c.statement.text for c in found.columns}
    st.dataframe(
        table,
        hide_index=True,
        height="content" if len(table) < _MANY else 640,
        column_config={
            "Code": st.column_config.TextColumn(pinned=True),
            **{number: st.column_config.TextColumn(help=text) for number, text in texts.items()},
        },
        alt=f"Evidenced levels of {len(table)} trusts by {found.standard.words.statement}. "
        "Choose the head of a column to sort by it.",
        key="comparison",
    )
    st.download_button(
        "Download as CSV",
        lambda: exports.to_csv(table, found.small_print),
        file_name=f"compare-{found.cycle.cycle_id}-{found.standard.id}.csv",
        mime="text/csv",
        on_click="ignore",
    )
    html.put(heat_map.legend(found.scale))


def _rows(found: Comparison) -> pd.DataFrame:
    """One row per trust: who it is, its evidenced level per statement, how much it answered."""
    return pd.DataFrame(
        [
            {
                "Code": row.trust.code,
                "Trust": row.trust.name,
                "Type": row.trust.trust_type,
                "Region": row.trust.region,
                **{
                    column.statement.number: heat_map.mark(found.scale, standing)
                    for column, standing in zip(found.columns, row.cells, strict=True)
                },
                "With a level": row.with_level,
                "Of those that apply": row.applicable,
                "Claims above evidence": row.capped,
                "Changed after release": "yes" if row.changed_after_release else "no",
            }
            for row in found.rows
        ]
    )


def _statements(found: Comparison) -> None:
    with st.expander(
        "What the numbers stand for, in full", key="statements", on_change="rerun"
    ) as folded:
        if folded.open:
            html.put(heat_map.statements(found.columns))


def _silent(found: Comparison) -> None:
    if found.silent:
        named = ", ".join(f"{trust.code} {trust.name}" for trust in found.silent)
        show.note(
            f"Did not publish in {found.cycle.title}, which says nothing about how they handle "
            f"complaints: {named}."
        )


def _one(visit: Visit, offered: Choices) -> None:
    first, second, third = st.columns(3)
    cycle, _, code = _cycle_and_trust(visit, offered, first, second)
    with third:
        basis = address.one_of("Peers", BASES, key="peers", shown_as=lambda b: BASIS_LABELS[b])
    profile_view.one(trust_profiles.profile(visit, cycle, code, basis=basis, so_far=offered.so_far))


def _two(visit: Visit, offered: Choices) -> None:
    first, second, third = st.columns(3)
    cycle, known, code = _cycle_and_trust(visit, offered, first, second)
    with third:
        other = _trust("Beside", offered.trusts, known, "beside", 1)
    profile_view.two(trust_profiles.side_by_side(visit, cycle, code, other, offered.so_far))


def _cycle_and_trust(
    visit: Visit, offered: Choices, first: DeltaGenerator, second: DeltaGenerator
) -> tuple[Cycle, Sequence[Organisation], str]:
    """The cycle, who published in it, and the code of the trust that is looked at."""
    with first:
        cycle = _cycle(offered)
    known = comparisons.published_in(visit, cycle, offered.so_far)
    with second:
        return cycle, known, _trust("Trust", offered.trusts, known, "trust", 0)


def _trust(
    label: str,
    trusts: Sequence[Organisation],
    published: Sequence[Organisation],
    key: str,
    first: int,
) -> str:
    """The code of a trust; before anybody chooses, one that published in the cycle."""
    begin = published[min(first, len(published) - 1)] if published else trusts[0]
    return address.one_of(
        label,
        [trust.code for trust in trusts],
        key=key,
        shown_as={trust.code: f"{trust.code} {trust.name}" for trust in trusts}.__getitem__,
        first=trusts.index(begin),
    )
