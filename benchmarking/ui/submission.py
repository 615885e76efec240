"""The end of an assessment: the check list, the button, the receipt."""

import streamlit as st
from markupsafe import Markup

from benchmarking import submissions
from benchmarking.access import Action, can
from benchmarking.moments import clock, in_words, local
from benchmarking.sheets import Sheet
from benchmarking.submissions import Check
from benchmarking.ui import html, saving
from benchmarking.ui.saving import Place
from benchmarking.visit import Visit

_MOST_NAMED = 8


def offer(visit: Visit, sheet: Sheet) -> None:
    """What is still missing, and the button to submit; the receipt once it was pressed."""
    st.header("Submit", anchor=False)
    if not sheet.state.is_open:
        _receipt(visit, sheet)
        return
    checks = submissions.check_list(sheet)
    html.put(
        Markup('<ul class="bm-checks">{}</ul>').format(html.joined([_line(c) for c in checks]))
    )
    place = saving.place(f"submission.{sheet.trust.code}.{sheet.cycle.cycle_id}")
    may = can(visit.person, Action.SUBMIT, sheet.trust.code)
    ready = all(check.is_met for check in checks if check.required)
    st.button(
        "Submit the assessment",
        type="primary",
        disabled=not (may and ready),
        on_click=_submit,
        args=(sheet, place),
    )
    saving.show_trouble(place)
    if not may:
        st.markdown("Your trust lead submits the assessment.")


def _line(check: Check) -> Markup:
    if check.is_met:
        return Markup("<li>✓ {}</li>").format(check.text)
    named = ", ".join(line.statement.number for line in check.open_lines[:_MOST_NAMED])
    others = len(check.open_lines) - _MOST_NAMED
    if others > 0:
        named += f" and {others} more"
    kind = "Still to do" if check.required else "Worth a look"
    return Markup("<li>○ {} <strong>{}: {}</strong></li>").format(check.text, kind, named)


def _submit(sheet: Sheet, place: Place) -> None:
    saving.try_to(place, lambda visit: submissions.submit(visit, sheet))


def _receipt(visit: Visit, sheet: Sheet) -> None:
    receipt = submissions.receipt_of(visit, sheet)
    st.success(
        f"Submitted on {in_words(local(receipt.moved_at).date())} at {clock(receipt.moved_at)}. "
        f"Receipt {receipt.number}. Next: your executive lead approves it or sends it back."
    )
