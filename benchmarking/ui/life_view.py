"""Where an assessment stands, as a line of steps, and everything that has happened to it."""

from collections.abc import Mapping

import streamlit as st
from markupsafe import Markup

from benchmarking.answers import ItemKey, Move, MoveNote, State
from benchmarking.assessing import lifecycle, lives
from benchmarking.assessing.lifecycle import NEXT, RULES, Station, Step
from benchmarking.assessing.lives import Life
from benchmarking.assessing.sheets import Sheet
from benchmarking.moments import in_words, local, moment_in_words
from benchmarking.results.result_words import listed
from benchmarking.ui import caches, html, show
from benchmarking.visit import Visit

_MARKS = {"passed": "✓", "now": "●", "ahead": "○"}
_SPOKEN = {"passed": "done", "now": "it stands here", "ahead": "still to come"}


def of_sheet(visit: Visit, sheet: Sheet) -> Life | None:
    """The life of the assessment on a page, shown as a line; None before anybody began it."""
    if sheet.assessment is None:
        _line(lifecycle.way(State.IN_PROGRESS, ()), None)
        show.note(NEXT[State.IN_PROGRESS])
        return None
    life = lives.for_workers(visit, sheet.trust.code, sheet.cycle, sheet.assessment, caches.kept)
    line(life)
    show.note(life.next)
    _returned(life, sheet)
    return life


def line(life: Life) -> None:
    """The steps from work in progress to publication, who took them and when."""
    _line(life.stations, life)


def receipt(life: Life, sheet: Sheet | None = None) -> None:
    """The newest step with its receipt, and all of them folded behind it.

    With the sheet, reasons that were given for a statement name it.
    """
    if not life.moves:
        return
    if not life.assessment.state.is_open:
        st.success(f"{_told(life, life.moves[-1])} {life.next}")
    with st.expander("Everything that has happened, with receipts"):
        numbers = {line.key: line.statement.number for line in sheet.lines} if sheet else {}
        steps = [_happened(life, move, numbers) for move in life.moves]
        html.put(Markup('<ol class="bm-happened">{}</ol>').format(html.joined(steps)))


def response(note: MoveNote) -> Markup:
    """What a board or committee said, in its own words."""
    met = f", which met on {in_words(note.met_on)}" if note.met_on else ""
    return Markup('<div class="bm-said"><p>{}{}:</p><blockquote>{}</blockquote></div>').format(
        note.body, met, note.text
    )


def _line(stations: tuple[Station, ...], life: Life | None) -> None:
    steps = html.joined([_station(station, life) for station in stations])
    html.put(
        Markup('<ol class="bm-life" aria-label="Where this assessment stands">{}</ol>').format(
            steps
        )
    )


def _station(station: Station, life: Life | None) -> Markup:
    kind = "now" if station.is_now else "passed" if station.is_passed else "ahead"
    return Markup(
        '<li class="{}"{}><span class="name"><span aria-hidden="true">{}</span> {}</span>'
        '<span class="spoken">, {}</span>{}</li>'
    ).format(
        kind,
        Markup(' aria-current="step"') if station.is_now else "",
        _MARKS[kind],
        station.state.label,
        _SPOKEN[kind],
        _who(station, life),
    )


def _who(station: Station, life: Life | None) -> Markup:
    if station.move is None or life is None:
        return Markup("")
    day = in_words(local(station.move.moved_at).date())
    again = "Reopened by " if lifecycle.step_of(station.move) is Step.REOPEN else ""
    return Markup("<small>{}{}<br>{}</small>").format(again, life.by(station.move), day)


def _returned(life: Life, sheet: Sheet) -> None:
    """Why there is a draft again, where there is: it was sent back or reopened."""
    if not life.assessment.state.is_open or not life.moves:
        return
    last = life.moves[-1]
    if lifecycle.step_of(last) is Step.SEND_BACK:
        show.note(f"{_told(life, last)} {_where_reasons_stand(sheet)}", alert=True)
    else:
        reasons = " ".join(f"“{note.text}”" for note in life.notes.get(last.receipt, ()))
        show.note(
            f"{_told(life, last)} {reasons} What was published before stays what others see "
            f"until this revision is published.",
            alert=True,
        )


def _where_reasons_stand(sheet: Sheet) -> str:
    untouched = [line.statement.number for line in sheet.lines if line.sent_back is not None]
    if not untouched:
        return "Everything that was sent back has been changed since."
    return f"The reasons stand at {listed(untouched)}."


def _told(life: Life, move: Move) -> str:
    done = RULES[lifecycle.step_of(move)].done.capitalize()
    return f"{done} on {moment_in_words(move.moved_at)} by {life.by(move)}. Receipt {move.receipt}."


def _happened(life: Life, move: Move, numbers: Mapping[ItemKey, str]) -> Markup:
    notes = life.notes.get(move.receipt, ())
    return Markup("<li>{}{}</li>").format(
        _told(life, move), html.joined([_note(note, numbers) for note in notes])
    )


def _note(note: MoveNote, numbers: Mapping[ItemKey, str]) -> Markup:
    if note.body:
        return response(note)
    about = f"{numbers[note.item]}: " if note.item and note.item in numbers else ""
    return Markup('<div class="bm-said"><blockquote>{}{}</blockquote></div>').format(
        about, note.text
    )
