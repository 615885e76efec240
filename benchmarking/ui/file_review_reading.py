"""Reading one complaint file: a few items at a time, each answer saved at once."""

from datetime import datetime

import streamlit as st
from markupsafe import Markup

from benchmarking.file_review import file_reading
from benchmarking.file_review.file_reading import LONGEST_NOTE, FileLine, FileSheet, Group
from benchmarking.file_review.reviews import Standing
from benchmarking.moments import clock, in_words, local
from benchmarking.reviewed_files import DrawnFile
from benchmarking.standard import AnswerScale, ReviewItem
from benchmarking.ui import address, caches, confirming, focus, html, personal_marks, saving
from benchmarking.ui.confirming import Asked
from benchmarking.ui.saving import Place, Stored
from benchmarking.visit import Visit

FILE, GROUP = "file", "items"
_MOVED = "file-review.moved"
# The buttons stand at the foot; without this the next items would be shown from their foot, too.
# A reader goes through 33 items of each of 30 files: no line of the page is spent on air.


def show_file(visit: Visit, seen: Standing) -> None:
    """One file of the reader's: how far they are, its items, and the way to the next."""
    sheet = _chosen(visit, seen)
    group = _group(sheet)
    with st.container(key="file-items", gap="xsmall"):
        st.header(f"{group.title} (file {sheet.file.number})", anchor=False)
        if st.session_state.pop(_MOVED, False):
            focus.go(".st-key-file-items h2", f"{group.id} of file {sheet.file.number}")
        else:
            focus.stay()
        for line in sheet.lines_of(group):
            _ask(sheet, line)
    _onwards(sheet, group)
    _finishing(sheet)


def _chosen(visit: Visit, seen: Standing) -> FileSheet:
    """The file that the address names, else the first that is not finished."""
    first = file_reading.sheet(visit, seen.trust.code, seen.cycle, keep=caches.kept)
    numbers = [file.number for file in first.files]
    chosen = address.one_of(
        "File",
        numbers,
        key=FILE,
        shown_as=lambda number: _labelled(first, first.files[number - 1]),
        first=numbers.index(first.file.number),
    )
    sheet = first
    if chosen != first.file.number:
        sheet = file_reading.sheet(visit, seen.trust.code, seen.cycle, chosen, caches.kept)
    _progress(visit, sheet)
    return sheet


def _labelled(sheet: FileSheet, file: DrawnFile) -> str:
    done = sheet.answered.get(file.number, 0)
    said = "finished" if sheet.is_read(file) else f"{done} of {sheet.items}"
    return f"{file.number} · {file.complaint.reference} · {said}"


def _progress(visit: Visit, sheet: FileSheet) -> None:
    complaint = sheet.file.complaint
    finished = sum(sheet.is_read(file) for file in sheet.files)
    saved = [line.reading.saved_at for line in sheet.lines.values() if line.reading]
    html.put(
        Markup(
            '<div class="bm-track" role="img" aria-label="{} of {} items answered">'
            '<span style="width:{}%"></span></div>'
            '<p class="bm-note" role="status"><strong>File {} of {}</strong> · {} · closed {}, '
            "{} · {} of {} answered{} · {} files finished</p>"
        ).format(
            sheet.done,
            sheet.items,
            round(100 * sheet.done / sheet.items),
            sheet.file.number,
            len(sheet.files),
            complaint.reference,
            in_words(complaint.closed_on),
            complaint.outcome.value,
            sheet.done,
            sheet.items,
            f", saved {_when(visit, max(saved))}" if saved else "",
            finished,
        )
    )


def _when(visit: Visit, at: datetime) -> str:
    day = local(at).date()
    return clock(at) if day == visit.today else f"on {in_words(day)}"


def _group(sheet: FileSheet) -> Group:
    by_id = {group.id: group for group in sheet.groups}
    chosen = address.one_tab(
        "Items",
        list(by_id),
        key=GROUP,
        shown_as=lambda name: by_id[name].briefly,
        first=(sheet.next_group or sheet.groups[0]).id,
        small=True,
    )
    return by_id[chosen]


def _ask(sheet: FileSheet, line: FileLine) -> None:
    """One item: what it asks, four answers side by side, and room for a note."""
    place = _place(sheet, line)
    note = f"{place.key}.note"
    stored = line.reading
    saving.follow(
        place,
        stored.revision if stored else 0,
        {place.key: line.choice, note: stored.note if stored else ""},
    )
    scale = sheet.standing.instrument.scale
    html.put(_prompt(line))
    st.radio(
        line.item.prompt,
        offered(scale),
        index=None,
        format_func=lambda choice: scale.by_id[choice].label,
        key=place.key,
        horizontal=True,
        label_visibility="collapsed",
        on_change=_save,
        args=(sheet, line, place),
    )
    st.text_input(
        f"Note on {line.item.title}",
        key=note,
        max_chars=LONGEST_NOTE,
        placeholder="Note: where in the file, or what is missing. No names.",
        label_visibility="collapsed",
        on_change=_save,
        args=(sheet, line, place),
    )
    personal_marks.put(stored.note if stored else "")
    saving.show_trouble(place)


def _prompt(line: FileLine) -> Markup:
    proxy = Markup(' <span class="bm-mark">a sign of it</span>') if line.is_proxy else ""
    return Markup(
        '<div class="bm-item"><p style="margin:0"><strong>{}</strong>{}<br>{}</p>{}</div>'
    ).format(line.item.title, proxy, line.item.prompt, guidance(line.item))


def offered(scale: AnswerScale) -> list[str]:
    """The answers as readers choose among them: yes first, then down, then not applicable."""
    missing = [choice.id for choice in scale.choices if choice.missing is not None]
    return [*(choice.id for choice in scale.valued[::-1]), *missing]


def guidance(item: ReviewItem) -> Markup:
    """What counts as which answer, folded."""
    return Markup(
        '<details class="bm-note"><summary>What counts as yes, partly or no</summary>'
        '<p style="margin:.25rem 0">{}</p></details>'
    ).format(item.guidance)


def _save(sheet: FileSheet, line: FileLine, place: Place) -> None:
    with place.turn:
        entered = saving.entered()
        choice, note = entered[place.key], entered[f"{place.key}.note"]
        if choice is None:
            place.problem = "Choose an answer. Your note is saved with it."
            return
        saving.attempt(
            place,
            lambda visit, seen: file_reading.save(
                visit, sheet, line.item.id, choice, note or "", seen
            ),
            mine=_words(sheet, choice),
            told=lambda stored: _told(sheet, stored),
        )


def _told(sheet: FileSheet, line: FileLine) -> Stored:
    if line.reading is None or line.choice is None:
        return Stored("", 0, "You, elsewhere", None)
    reading = line.reading
    words = _words(sheet, line.choice)
    return Stored(words, reading.revision, "You, elsewhere", reading.saved_at)


def _words(sheet: FileSheet, choice: str) -> str:
    return sheet.standing.instrument.scale.by_id[choice].label


def _onwards(sheet: FileSheet, group: Group) -> None:
    """Buttons to the items before, and to what is not answered yet."""
    place = sheet.groups.index(group)
    before = sheet.groups[place - 1] if place else None
    left, right = st.columns(2)
    if before is not None:
        left.button(
            f"‹ {before.title}", key="file-items.before", on_click=_move, args=(sheet.file, before)
        )
    onwards = _next(sheet, group)
    if onwards is not None:
        label, file, items = onwards
        right.button(
            f"Next: {label} ›",
            key="file-items.after",
            type="primary",
            on_click=_move,
            args=(file, items),
        )


def _next(sheet: FileSheet, group: Group) -> tuple[str, DrawnFile, Group] | None:
    """The next items of this file, else the next file that is not finished."""
    place = sheet.groups.index(group)
    after = sheet.groups[place + 1 :]
    unanswered = next((g for g in (*after, *sheet.groups[:place]) if sheet.left_in(g)), None)
    if unanswered is not None:
        return unanswered.title, sheet.file, unanswered
    if sheet.left_in(group):
        return None
    file = sheet.next_file
    if file is None:
        return None
    return f"file {file.number}, {file.complaint.reference}", file, sheet.groups[0]


def _move(file: DrawnFile, group: Group) -> None:
    address.say(FILE, str(file.number))
    address.say(GROUP, group.id)
    st.session_state[_MOVED] = True


def _finishing(sheet: FileSheet) -> None:
    if not sheet.is_complete:
        return
    review = sheet.standing.review
    assert review is not None
    place = saving.place(f"file-review.{review.review_id}.finish")
    asked = Asked(
        "finish",
        "I have finished reading",
        "Your answers stay as they are from now on. Once the other reader has finished, too, you "
        "both see where you differ.",
        "Yes, I have finished",
    )
    confirming.offer(place, asked, lambda visit: file_reading.finish(visit, sheet))
    confirming.show_trouble(place)


def _place(sheet: FileSheet, line: FileLine) -> Place:
    review = sheet.standing.review
    assert review is not None
    return saving.place(f"file.{review.review_id}.{sheet.slot}.{sheet.file.number}.{line.item.id}")
