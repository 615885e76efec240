"""What a trust sets for one of its series: targets, and where limits begin anew."""

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from benchmarking import monthly_entries
from benchmarking.results import trend_words
from benchmarking.results.trends import Trend
from benchmarking.series import Rebase, Target
from benchmarking.series.months import last_ended, later, month_code, month_in_words, through
from benchmarking.ui import saving, show
from benchmarking.ui.saving import Place
from benchmarking.visit import Visit

_MONTHS_BACK = 36


def targets(visit: Visit, found: Trend) -> None:
    """The targets that hold, and a form for another."""
    code, series = found.trust.code, found.series
    place = saving.place(f"monthly.{code}.{series.id}.target")
    if series.target is not None:
        show.note(
            f"The law’s target is {series.target.percent}%. It holds wherever you set none of "
            f"your own."
        )
    for target in found.targets:
        aim = "No target" if target.percent is None else trend_words.target(target.percent)
        said = f"{aim} from {month_in_words(target.from_month)}"
        _with_button(
            "Withdraw this target",
            said,
            f"{place.key}.{month_code(target.from_month)}",
            lambda visit, one=target: monthly_entries.withdraw_target(visit, code, one),
            place,
        )
    newest = last_ended(visit.today)
    offered = through(later(newest, 1 - _MONTHS_BACK), later(newest, monthly_entries.MONTHS_AHEAD))[
        ::-1
    ]
    with st.form(f"{place.key}.form", border=False):
        left, right = st.columns(2)
        with left:
            choose_month("From", offered, f"{place.key}.from", newest)
        right.number_input(
            "Target in per cent", 0.0, 100.0, None, 0.5, format="%g", key=f"{place.key}.percent"
        )
        st.checkbox("No target from then on", key=f"{place.key}.none")
        st.form_submit_button("Set the target", on_click=_set_target, args=(found, place))
    saving.show_trouble(place)


def _set_target(found: Trend, place: Place) -> None:
    with place.turn:
        entered = saving.entered()
        month, percent = entered[f"{place.key}.from"], entered[f"{place.key}.percent"]
        none = entered[f"{place.key}.none"]
        if percent is None and not none:
            place.problem = "Write the target as a number from 0 to 100."
            return
        standing = {target.from_month: target.target_revision for target in found.targets}
        wanted = Target(found.series.id, month, None if none else percent, standing.get(month, 0))
        saving.try_to(
            place, lambda visit: monthly_entries.set_target(visit, found.trust.code, wanted)
        )


def new_limits(found: Trend) -> None:
    """Where limits begin anew, and a form for another place."""
    code, series = found.trust.code, found.series
    place = saving.place(f"monthly.{code}.{series.id}.rebase")
    show.note(
        "Limits should begin anew only where you changed how you work, the figures have moved "
        "since, and you expect them to stay there. Never because a month looks bad. They need 13 "
        "months from there on."
    )
    for rebase in found.timeline.rebases:
        _with_button(
            "Withdraw these limits",
            f"{month_in_words(rebase.from_month)}: {rebase.reason}",
            f"{place.key}.{month_code(rebase.from_month)}",
            lambda visit, one=rebase: monthly_entries.withdraw_rebase(visit, code, one),
            place,
        )
    months = [point.month for point in found.timeline.points[1:]]
    if not months:
        show.note("Record a second month first.")
        return
    with st.form(f"{place.key}.form.{place.added}", border=False):
        choose_month("First month of the new limits", months[::-1], f"{place.key}.from")
        st.text_area(
            "What was changed. No names of patients or staff, please.",
            key=f"{place.key}.{place.added}.reason",
            max_chars=monthly_entries.LONGEST_REASON,
        )
        st.form_submit_button("Begin new limits", on_click=_begin_anew, args=(found, place))
    saving.show_trouble(place)


def _begin_anew(found: Trend, place: Place) -> None:
    with place.turn:
        entered = saving.entered()
        month = entered[f"{place.key}.from"]
        standing = {one.from_month: one.rebase_revision for one in found.timeline.rebases}
        reason = entered[f"{place.key}.{place.added}.reason"]
        wanted = Rebase(found.series.id, month, reason, standing.get(month, 0))
        saving.try_to(
            place,
            lambda visit: monthly_entries.begin_anew(visit, found.trust.code, wanted),
            after=lambda: _empty(place),
        )


def _empty(place: Place) -> None:
    place.added += 1


def _with_button(
    label: str, said: str, key: str, undo: Callable[[Visit], None], place: Place
) -> None:
    """A line of what holds, with a button that takes it back."""
    left, right = st.columns([5, 2], vertical_alignment="center")
    with left:
        st.text(said)
    right.button(
        label,
        key=f"{key}.withdraw",
        help=f"Takes this back: {said}",
        on_click=_undo,
        args=(place, undo),
    )


def _undo(place: Place, undo: Callable[[Visit], None]) -> None:
    saving.try_to(place, undo)


def choose_month(label: str, offered: Sequence[date], key: str, first: date | None = None) -> date:
    """One of several months, by its words; the first of them, where no other is named."""
    at = 0 if first is None else list(offered).index(first)
    return st.selectbox(label, offered, index=at, format_func=month_in_words, key=key)
