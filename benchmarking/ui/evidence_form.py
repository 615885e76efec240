"""Evidence for one answer: what there is, what it unlocks, and a form to add more."""

from datetime import date

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from benchmarking import evidence_entries
from benchmarking.evidence import Evidence
from benchmarking.moments import in_words
from benchmarking.sheets import Line, Sheet
from benchmarking.standard import Checker, EvidenceKind, EvidencePolicy
from benchmarking.ui import html, saving


def show(sheet: Sheet, line: Line, place: str, may_change: bool) -> None:
    """The evidence for one question, with a form to add to it for who may change it."""
    policy = sheet.standard_of(line.key).evidence
    for piece in line.evidence:
        _piece(sheet, line, policy, piece, place, may_change)
    if not line.evidence:
        html.put(Markup('<p class="bm-note">{}</p>').format(_what_counts(policy)))
    if may_change:
        _form(sheet, line, policy, place)
    saving.show_trouble(place)


def described(policy: EvidencePolicy, piece: Evidence) -> str:
    """One piece of evidence in a sentence: its kind, strength and date."""
    kinds = {kind.id: kind.label for kind in policy.kinds}
    checkers = {checker.id: checker.label for checker in policy.checkers}
    parts = [kinds.get(piece.kind, piece.kind)]
    if piece.records_drawn is not None:
        of = f" of {piece.records_available:,}" if piece.records_available is not None else ""
        how = ", drawn at random" if piece.at_random else ", not drawn at random"
        parts.append(f"{piece.records_drawn:,}{of} records{how}")
    if piece.replies is not None:
        parts.append(f"{piece.replies:,} replies")
    if piece.period_from and piece.period_to:
        parts.append(f"{in_words(piece.period_from)} to {in_words(piece.period_to)}")
    if piece.checked_by:
        parts.append(f"checked by {checkers.get(piece.checked_by, piece.checked_by).lower()}")
    if piece.checked_on:
        parts.append(f"on {in_words(piece.checked_on)}")
    if piece.complainants_involved:
        parts.append("complainants involved")
    return " · ".join(parts)


def _what_counts(policy: EvidencePolicy) -> str:
    if not policy.caps:
        return "No evidence yet. Add what shows that this is done."
    return "No evidence yet. Without it, a level above 2 does not count in full."


def _piece(
    sheet: Sheet,
    line: Line,
    policy: EvidencePolicy,
    piece: Evidence,
    place: str,
    may_change: bool,
) -> None:
    left, right = st.columns([5, 1], vertical_alignment="center")
    link = (
        Markup(' <a href="{}" target="_blank" rel="noopener noreferrer">open the link</a>').format(
            piece.link
        )
        if piece.link
        else Markup("")
    )
    with left:
        html.put(
            Markup(
                '<p style="margin:0"><strong>{}</strong>{}<br><span class="bm-note">{}</span></p>'
            ).format(piece.title, link, described(policy, piece))
        )
        if piece.note:
            st.text(piece.note)
    if not may_change:
        return
    right.button(
        "Remove",
        key=f"{place}.remove.{piece.evidence_id}",
        help="Takes this piece of evidence away.",
        on_click=_remove,
        args=(sheet, line, piece.evidence_id, place),
    )


def _remove(sheet: Sheet, line: Line, evidence_id: str, place: str) -> None:
    saving.try_to(place, lambda visit: evidence_entries.remove(visit, sheet, line.key, evidence_id))


def _form(sheet: Sheet, line: Line, policy: EvidencePolicy, place: str) -> None:
    kinds = {kind.id: kind for kind in policy.kinds}
    chosen = st.selectbox(
        "Add evidence",
        list(kinds),
        index=None,
        format_func=lambda kind: kinds[kind].label,
        placeholder="Choose its kind",
        key=f"{place}.kind",
    )
    if chosen is None:
        return
    html.put(Markup('<p class="bm-note">{}</p>').format(kinds[chosen].hint))
    # The number in the key empties the form once its piece was added. Not the number of pieces:
    # a colleague's would take away what is being typed here.
    with st.form(f"{place}.{chosen}.{st.session_state.get(f'{place}.added', 0)}", border=False):
        piece = _fields(line, policy, kinds[chosen])
        if st.form_submit_button("Add this evidence", type="primary"):
            _add(sheet, line, piece, place)
            st.rerun()


def _add(sheet: Sheet, line: Line, piece: Evidence, place: str) -> None:
    if saving.try_to(place, lambda visit: evidence_entries.add(visit, sheet, line.key, piece)):
        added = f"{place}.added"
        st.session_state[added] = st.session_state.get(added, 0) + 1


def _fields(line: Line, policy: EvidencePolicy, kind: EvidenceKind) -> Evidence:
    title = st.text_input("Title", max_chars=evidence_entries.LONGEST_TITLE)
    asks = set(kind.asks)
    left, right = st.columns(2)
    drawn = _count(left, "How many records were looked at", "records_drawn" in asks)
    available = _count(right, "Out of how many in that period", "records_available" in asks)
    at_random = st.checkbox("Drawn at random") if "at_random" in asks else None
    replies = _count(left, "How many replies", "replies" in asks)
    begins, ends = _period("period" in asks)
    checked_by = _checker(policy, "checked_by" in asks)
    checked_on = _day("Checked on", "checked_on" in asks)
    involved = (
        st.checkbox("People who had complained took part")
        if "complainants_involved" in asks
        else None
    )
    return Evidence(
        evidence_id="",
        item=line.key,
        kind=kind.id,
        title=title,
        link=st.text_input("Link, if there is one", max_chars=2000),
        note=st.text_area("Note", max_chars=evidence_entries.LONGEST_NOTE, height=80),
        records_drawn=drawn,
        records_available=available,
        at_random=at_random,
        replies=replies,
        period_from=begins,
        period_to=ends,
        checked_by=checked_by,
        checked_on=checked_on,
        complainants_involved=involved,
    )


def _count(where: DeltaGenerator, label: str, asked: bool) -> int | None:
    if not asked:
        return None
    count = where.number_input(label, min_value=0, max_value=1_000_000, value=None, step=1)
    return None if count is None else int(count)


def _period(asked: bool) -> tuple[date | None, date | None]:
    if not asked:
        return None, None
    left, right = st.columns(2)
    with left:
        begins = _day("Period from", True)
    with right:
        ends = _day("Period to", True)
    return begins, ends


def _day(label: str, asked: bool) -> date | None:
    if not asked:
        return None
    day = st.date_input(label, value=None, max_value="today", format="DD/MM/YYYY")
    return day if isinstance(day, date) else None


def _checker(policy: EvidencePolicy, asked: bool) -> str | None:
    if not asked:
        return None
    labels: dict[str, Checker] = {checker.id: checker for checker in policy.checkers}
    return st.selectbox(
        "Checked by",
        list(labels),
        index=None,
        format_func=lambda name: labels[name].label,
        placeholder="Choose who",
    )
