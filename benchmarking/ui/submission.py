"""The end of an assessment's draft: the check list, the button, the question before it."""

import streamlit as st
from markupsafe import Markup

from benchmarking.access import Action, can
from benchmarking.assessing import moves, submissions
from benchmarking.assessing.lifecycle import Step
from benchmarking.assessing.moves import Proposal
from benchmarking.assessing.sheets import Sheet
from benchmarking.assessing.submissions import Check
from benchmarking.ui import confirming, html, saving
from benchmarking.ui.confirming import Asked
from benchmarking.ui.saving import Place
from benchmarking.visit import Visit

_MOST_NAMED = 8
_SUBMIT = Asked(
    "submit",
    "Submit the assessment",
    "After this nothing in the assessment can be changed, unless an approver sends it back. The "
    "trust’s board can see it from then on; other trusts cannot. Submit it now?",
    "Yes, submit it",
)


def place_of(sheet: Sheet) -> Place:
    """The place on the page where steps with the whole assessment are taken."""
    return saving.place(f"step.{sheet.trust.code}.{sheet.cycle.cycle_id}.{sheet.scope}")


def offer(visit: Visit, sheet: Sheet) -> None:
    """What is still missing, and the button to submit; nothing once it was submitted."""
    if not sheet.state.is_open:
        return
    st.header("Submit", anchor=False)
    checks = submissions.check_list(sheet)
    html.put(
        Markup('<ul class="bm-checks">{}</ul>').format(html.joined([_line(c) for c in checks]))
    )
    html.put(
        Markup('<p><a href="our-results?trust={}" target="_self">{}</a></p>').format(
            sheet.trust.code, "Our results: what these answers raise, and what others say ›"
        )
    )
    place = place_of(sheet)
    may = can(visit.person, Action.SUBMIT, sheet.trust.code)
    ready = all(check.is_met for check in checks if check.required)
    proposal = Proposal(Step.SUBMIT, sheet.trust.code, sheet.cycle, sheet.assessment)
    confirming.offer(
        place, _SUBMIT, lambda asking: moves.take(asking, proposal), ready=may and ready
    )
    confirming.show_trouble(place)
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
