"""What happens to an assessment once it was handed in: approve, send back, publish, reopen."""

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from benchmarking.answers import ItemKey, MoveNote
from benchmarking.assessing import move_words, moves
from benchmarking.assessing.lifecycle import Step
from benchmarking.assessing.lives import Life
from benchmarking.assessing.moves import Proposal
from benchmarking.assessing.sheets import Line, Sheet
from benchmarking.evidence_in_words import evidence_line
from benchmarking.ui import confirming, html, life_view, personal_marks, saving, show
from benchmarking.ui.confirming import Asked
from benchmarking.ui.saving import Place
from benchmarking.ui.submission import place_of
from benchmarking.visit import Visit

_APPROVE = Asked(
    "approve",
    "Approve the assessment",
    "You confirm that it says what the evidence shows. Next the board, or a committee on its "
    "behalf, signs it off. Until then you can still send it back. Approve it now?",
    "Yes, approve it",
)
_SEND_BACK = Asked(
    "send-back",
    "Send it back",
    "Your colleagues can change the assessment again and read your reasons beside the statements. "
    "It has to be submitted and approved anew. Send it back now?",
    "Yes, send it back",
)
_PUBLISH = Asked(
    "publish",
    "Publish the assessment",
    "From the cycle’s release date on inspectors see these results with the trust’s name, and "
    "other trusts that published see them as the cycle says. They never see comments or other "
    "free text. After this it can be changed only by reopening it with a reason. Publish it now?",
    "Yes, publish it",
)
_REOPEN = Asked(
    "reopen",
    "Reopen the assessment",
    "A new revision begins, as a copy of this one. What is published stays what others see until "
    "the new revision has been submitted, approved, signed off and published. If that is after the "
    "release date, it is marked “changed after release”. Reopen it now?",
    "Yes, reopen it",
)


def offer(visit: Visit, sheet: Sheet, life: Life | None) -> None:
    """The newest step with its receipt, and the steps that this person may take from here."""
    if life is None:
        return
    if sheet.state.is_open:
        life_view.receipt(life, sheet)
        return
    st.header("What comes next", anchor=False)
    life_view.receipt(life, sheet)
    place = place_of(sheet)
    confirming.show_trouble(place)
    _plain_step(place, sheet, life, Step.APPROVE, _APPROVE)
    _plain_step(place, sheet, life, Step.PUBLISH, _PUBLISH)
    if life.offer(Step.SEND_BACK) is not None:
        _send_back(place, sheet)
    if life.offer(Step.REOPEN) is not None:
        _reopen(place, sheet)


def _plain_step(place: Place, sheet: Sheet, life: Life, step: Step, asked: Asked) -> None:
    """A step that needs no words; where it takes somebody else, that is said."""
    offered = life.offer(step)
    if offered is None:
        return
    if offered.barred:
        show.note(offered.barred, alert=True)
        return
    confirming.offer(place, asked, _taking(sheet, step, lambda: ()))


def _taking(
    sheet: Sheet, step: Step, notes: Callable[[], tuple[MoveNote, ...]]
) -> Callable[[Visit], object]:
    """Takes the step on the assessment as it was drawn, with the words as they are then."""

    def do(visit: Visit) -> object:
        proposal = Proposal(step, sheet.trust.code, sheet.cycle, sheet.assessment, notes())
        return moves.take(visit, proposal)

    return do


def _send_back(place: Place, sheet: Sheet) -> None:
    st.subheader("Or send it back, with a reason for each statement", anchor=False)
    by_name = {_name(line.key): line for line in sheet.lines}
    # Words that were typed about one submission are not about the next.
    key = f"{place.key}.{sheet.assessment and sheet.assessment.state_since}.reasons"
    chosen = st.multiselect(
        "Statements to send back",
        list(by_name),
        format_func=lambda name: _title(sheet, by_name[name]),
        key=key,
        placeholder="Choose one or more",
        filter_mode="contains",
        select_all=False,
    )
    for name in chosen:
        _reason(sheet, by_name[name], f"{key}.{name}")
    notes = [(by_name[name].key, f"{key}.{name}") for name in chosen]
    confirming.offer(
        place, _SEND_BACK, _taking(sheet, Step.SEND_BACK, lambda: _written(notes)), primary=False
    )


def _written(fields: list[tuple[ItemKey, str]]) -> tuple[MoveNote, ...]:
    entered = saving.entered()
    return tuple(MoveNote(entered.get(field) or "", item) for item, field in fields)


def _reason(sheet: Sheet, line: Line, field: str) -> None:
    """One statement with what was claimed and shown, and a field for the reason beside it."""
    with st.container(border=True):
        html.put(_claimed_and_shown(sheet, line))
        st.text_area(
            f"Reason for {line.statement.number}. No names of patients or staff, please.",
            key=field,
            max_chars=move_words.LONGEST_REASON,
        )


def _claimed_and_shown(sheet: Sheet, line: Line) -> Markup:
    policy = sheet.standard_of(line.key).evidence
    pieces = [
        Markup("<li>{}: {}</li>").format(piece.title, str(evidence_line(policy, piece)))
        for piece in line.evidence
    ]
    comment = line.comment.text if line.comment else ""
    reason = line.answer.reason if line.answer else ""
    return Markup("<p><strong>{}</strong> “{}”<br>{}</p>{}{}{}").format(
        line.statement.number,
        line.statement.text,
        _standing(line),
        Markup('<ul class="bm-list">{}</ul>').format(html.joined(pieces)) if pieces else "",
        Markup("<p>Comment: {}</p>").format(comment) if comment else "",
        personal_marks.markup(comment, reason, *(piece.title for piece in line.evidence)),
    )


def _standing(line: Line) -> str:
    if line.answer is None:
        return "Not answered."
    claimed = line.scale.by_id[line.answer.choice]
    said = f"Claimed: {_level(line, claimed.id)}."
    if line.answer.reason:
        said += f" Reason: {line.answer.reason}"
    if line.standing is not None and line.standing.is_capped:
        said += f" Evidence carries {_level(line, line.standing.evidenced)}."
    return said if line.evidence else f"{said} No evidence."


def _level(line: Line, choice_id: str) -> str:
    choice = line.scale.by_id[choice_id]
    return f"{choice.level} {choice.label}" if choice.level else choice.label


def _reopen(place: Place, sheet: Sheet) -> None:
    st.subheader("Reopen", anchor=False)
    field = f"{place.key}.{sheet.assessment and sheet.assessment.state_since}.reopen"
    st.text_area(
        "Why it has to be changed. No names of patients or staff, please.",
        key=field,
        max_chars=move_words.LONGEST_REASON,
    )
    words = _taking(sheet, Step.REOPEN, lambda: (MoveNote(saving.entered().get(field) or ""),))
    confirming.offer(place, _REOPEN, words, primary=False)


def _name(key: ItemKey) -> str:
    return f"{key.standard_id}.{key.item_id}"


def _title(sheet: Sheet, line: Line) -> str:
    standard = sheet.standard_of(line.key).short_title
    return f"{line.statement.number} {line.statement.text} ({standard})"
