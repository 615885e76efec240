"""Evidence for one answer: what there is, what it unlocks, and a form to add more."""

import dataclasses
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from benchmarking import evidence_categories, evidence_entries
from benchmarking.assessing.sheets import Line, Sheet
from benchmarking.evidence import Evidence
from benchmarking.evidence_files import ADDRESS, ENDINGS, Upload, size_in_words
from benchmarking.evidence_in_words import evidence_line, file_in_words, reviewed
from benchmarking.standard import AnswerScale, Checker, EvidencePolicy
from benchmarking.ui import html, identity, personal_marks, saving
from benchmarking.ui.saving import Place

_COUNTS = {
    "records_drawn": "How many records were looked at",
    "records_available": "Out of how many in that period",
    "replies": "How many replies",
}
_HAS_A_DAY = {"period", "checked_on"}


def show(sheet: Sheet, line: Line, place: Place, may_change: bool) -> None:
    """The evidence for one question, with a form to add to it for who may change it."""
    policy = sheet.standard_of(line.key).evidence
    for piece in line.evidence:
        _piece(sheet, line, policy, piece, place, may_change)
    if not line.evidence:
        html.put(Markup('<p class="bm-note">{}</p>').format(_what_counts(policy, line.scale)))
    if may_change:
        _form(sheet, line, policy, place)
    saving.show_trouble(place)


def _what_counts(policy: EvidencePolicy, scale: AnswerScale) -> str:
    if not policy.caps:
        return "No evidence yet. Add what shows that this is done."
    highest = scale.by_id[policy.caps[0].choice]
    said = f"{highest.level} {highest.label}" if highest.level else highest.label
    return f"No evidence yet. Without it, no answer counts as more than “{said}”."


def _piece(
    sheet: Sheet,
    line: Line,
    policy: EvidencePolicy,
    piece: Evidence,
    place: Place,
    may_change: bool,
) -> None:
    left, right = st.columns([5, 1], vertical_alignment="center")
    with left:
        html.put(_described(policy, piece))
        if piece.note:
            st.text(piece.note)
    if not may_change:
        return
    right.button(
        "Remove",
        key=f"{place.key}.remove.{piece.evidence_id}",
        help="Takes this piece of evidence away, and its file with it.",
        on_click=_remove,
        args=(sheet, line, piece.evidence_id, place),
    )


def _described(policy: EvidencePolicy, piece: Evidence) -> Markup:
    notes = [str(evidence_line(policy, piece)), reviewed(piece)]
    said = [Markup('<br><span class="bm-note">{}</span>').format(note) for note in notes if note]
    texts = (piece.title, piece.note, piece.link, piece.reviewed_by, piece.file_name)
    mark = personal_marks.MARK if piece.file_may_identify else personal_marks.markup(*texts)
    return Markup('<p style="margin:0"><strong>{}</strong>{}{}{}{}</p>').format(
        piece.title, _link(piece), _file(piece), html.joined(said), mark
    )


def _link(piece: Evidence) -> Markup:
    if not piece.link:
        return Markup("")
    return Markup(
        ' <a href="{}" target="_blank" rel="noopener noreferrer">open the link</a>'
    ).format(piece.link)


def _file(piece: Evidence) -> Markup:
    """The file as a download. In a tab of its own: were it refused, the page would be gone."""
    if not piece.file_sha256:
        return Markup("")
    shared = " · may be shared with inspectors" if piece.may_be_shared else ""
    return Markup(
        '<br><a href="{}" target="_blank" rel="noopener">{}</a> <span class="bm-note">({}){}</span>'
    ).format(
        ADDRESS + quote(piece.evidence_id, safe=""), piece.file_name, file_in_words(piece), shared
    )


def _remove(sheet: Sheet, line: Line, evidence_id: str, place: Place) -> None:
    saving.try_to(place, lambda visit: evidence_entries.remove(visit, sheet, line.key, evidence_id))


def _form(sheet: Sheet, line: Line, policy: EvidencePolicy, place: Place) -> None:
    kinds = {kind.id: kind for kind in policy.kinds}
    chosen = st.selectbox(
        "Add evidence",
        list(kinds),
        index=None,
        format_func=lambda kind: kinds[kind].label,
        placeholder="Choose its kind",
        key=f"{place.key}.kind",
    )
    if chosen is None:
        return
    html.put(Markup('<p class="bm-note">{}</p>').format(kinds[chosen].hint))
    # The number in the key empties the form once its piece was added. Not the number of pieces:
    # a colleague's would take away what is being typed here.
    form = f"{place.key}.{chosen}.{place.added}"
    with st.form(form, border=False):
        _fields(policy, set(kinds[chosen].asks), form)
        _more_fields(form)
        st.form_submit_button(
            "Add this evidence",
            type="primary",
            on_click=_add,
            args=(sheet, line, chosen, form, place),
        )


def _add(sheet: Sheet, line: Line, kind: str, form: str, place: Place) -> None:
    with place.turn:
        entered = saving.entered()
        # Each field's key ends in the name of what it holds.
        asked = {
            one.name: entered[f"{form}.{one.name}"]
            for one in dataclasses.fields(Evidence)
            if f"{form}.{one.name}" in entered
        }
        piece = Evidence(evidence_id="", item=line.key, kind=kind, **asked)
        upload = _brought(entered, form)
        saving.try_to(
            place,
            lambda visit: evidence_entries.add(visit, sheet, line.key, piece, upload),
            after=lambda: _empty(place),
        )


def _empty(place: Place) -> None:
    place.added += 1


def _brought(entered: Mapping[str, Any], form: str) -> Upload | None:
    file = entered.get(f"{form}.file")
    return None if file is None else Upload(file.name, file.getvalue())


def _fields(policy: EvidencePolicy, asks: set[str], form: str) -> None:
    """The fields of the form, each under the form's key and the name of what it holds."""
    st.text_input("Title", key=f"{form}.title", max_chars=evidence_entries.LONGEST_TITLE)
    counts = {name: label for name, label in _COUNTS.items() if name in asks}
    # The columns stand only where they hold something: empty ones leave a gap.
    for where, (name, label) in zip(st.columns(2) if counts else (), counts.items(), strict=False):
        _count(where, label, f"{form}.{name}")
    if "at_random" in asks:
        st.checkbox("Drawn at random", key=f"{form}.at_random")
    if "period" in asks:
        begins, ends = st.columns(2)
        _day(begins, "Period from", f"{form}.period_from")
        _day(ends, "Period to", f"{form}.period_to")
    if "checked_by" in asks:
        _checker(policy, f"{form}.checked_by")
    if "checked_on" in asks:
        _day(st.container(), "Checked on", f"{form}.checked_on")
    if "complainants_involved" in asks:
        st.checkbox("People who had complained took part", key=f"{form}.complainants_involved")
    if not asks & _HAS_A_DAY:
        _day(st.container(), "Date of the document", f"{form}.dated_on")


def _more_fields(form: str) -> None:
    """What is asked of every kind, and none of it required."""
    categories = evidence_categories.shipped().by_id
    st.selectbox(
        "Category, in CQC’s terms",
        list(categories),
        index=None,
        format_func=lambda name: categories[name].label,
        placeholder="Choose one, if it fits",
        key=f"{form}.category",
    )
    st.text_input("Link, if there is one", key=f"{form}.link", max_chars=2000)
    _file_fields(form)
    st.text_area("Note", key=f"{form}.note", max_chars=evidence_entries.LONGEST_NOTE, height=80)
    left, right = st.columns(2)
    left.text_input(
        "Looked at by (a role, not a name)",
        key=f"{form}.reviewed_by",
        max_chars=evidence_entries.LONGEST_REVIEWER,
    )
    _day(right, "Looked at on", f"{form}.reviewed_on")


def _file_fields(form: str) -> None:
    largest = identity.visit().files.largest
    st.file_uploader(
        f"File, if there is one. No details of patients, please. At most {size_in_words(largest)}",
        # To guide people's choice only: what a file is, is seen from what is in it.
        type=[ending.removeprefix(".") for ending in ENDINGS],
        key=f"{form}.file",
        max_upload_size=max(1, largest // 1024**2),
        help="PDF, Word, Excel, PNG, JPEG, text or CSV. Only people of your trust who work on the "
        "assessment can open it. PDF files and pictures are not searched for personal details.",
    )
    st.checkbox(
        "This file may be shared: inspectors can open it once the assessment is published and the "
        "cycle’s results are released",
        key=f"{form}.may_be_shared",
    )


def _count(where: DeltaGenerator, label: str, key: str) -> None:
    where.number_input(label, min_value=0, max_value=1_000_000, value=None, step=1, key=key)


def _day(where: DeltaGenerator, label: str, key: str) -> None:
    where.date_input(label, value=None, max_value="today", format="DD/MM/YYYY", key=key)


def _checker(policy: EvidencePolicy, key: str) -> None:
    labels: dict[str, Checker] = {checker.id: checker for checker in policy.checkers}
    st.selectbox(
        "Checked by",
        list(labels),
        index=None,
        format_func=lambda name: labels[name].label,
        placeholder="Choose who",
        key=key,
    )
