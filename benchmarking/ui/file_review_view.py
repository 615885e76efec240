"""File review: drawing complaint files, reading them twice, and what was found."""

import streamlit as st
from markupsafe import Markup

from benchmarking.file_review import file_findings, reviews
from benchmarking.file_review.reviews import Standing
from benchmarking.moments import in_words, local
from benchmarking.reviewed_files import ReviewState
from benchmarking.ui import (
    address,
    caches,
    file_review_draw,
    file_review_people,
    file_review_reading,
    file_review_results,
    file_review_settling,
    html,
    pick,
    show,
)
from benchmarking.visit import Visit

_RESULTS = "pages/trusts/our_results.py"
_WHAT = (
    "A sample of closed complaint files is drawn at random. Two colleagues read each file by "
    "themselves and say of every item whether the file shows it. Where they differ, they settle "
    "it. So you hear what the files say, beside what you and your complainants say."
)


def show_page(visit: Visit) -> None:
    """The page of one trust."""
    trust = pick.own_trust(visit)
    offered = reviews.cycles_offered(visit, trust, caches.kept)
    cycle = address.one_of(
        "Cycle", offered, key="cycle", shown_as=lambda c: c.title, named=lambda c: c.cycle_id
    )
    seen = reviews.standing(visit, trust, cycle)
    if seen is None:
        show.lead(f"The standards of {cycle.title} have no file review. Choose another cycle.")
        return
    match seen.state:
        case None | ReviewState.ABANDONED:
            _not_begun(visit, seen)
        case ReviewState.DRAWN | ReviewState.READING:
            _being_read(visit, seen)
        case ReviewState.RECONCILING:
            _being_settled(visit, seen)
        case ReviewState.CLOSED:
            _closed(visit, seen)


def _not_begun(visit: Visit, seen: Standing) -> None:
    if seen.review is None:
        show.lead(f"No complaint files have been reviewed in {seen.cycle.title} yet.")
    else:
        day = in_words(local(seen.review.state_since).date())
        show.lead(f"The last file review was abandoned on {day}.")
        html.put(
            Markup('<p class="bm-note">Why: “{}” (drawn by {})</p>').format(
                seen.review.reason, seen.review.drawn_by
            )
        )
    _context(seen)
    show.note(_WHAT)
    _begin(visit, seen)
    file_review_results.offer(visit, seen, "What the last closed review found")


def _begin(visit: Visit, seen: Standing) -> None:
    if seen.is_cycle_closed:
        show.note("The cycle is closed, so no review can begin.")
    elif seen.may_draw:
        file_review_draw.offer(visit, seen)
    else:
        show.note("Your trust lead draws the files and names the two readers.", alert=True)


def _being_read(visit: Visit, seen: Standing) -> None:
    show.lead(_how_reading_stands(seen))
    _context(seen)
    mine = seen.reader(seen.slot) if seen.slot else None
    if mine is not None and not mine.has_finished and not seen.is_cycle_closed:
        file_review_reading.show_file(visit, seen)
    file_review_people.show_readers(visit, seen)
    file_review_people.show_drawn(seen)
    file_review_people.offer_abandoning(seen)


def _how_reading_stands(seen: Standing) -> str:
    assert seen.review is not None
    many = file_review_draw.files_in_words(seen.review.files)
    drawn = f"{many} drawn at random of {seen.review.frame_size:,} closed complaints"
    mine = seen.reader(seen.slot) if seen.slot else None
    if len(seen.readers) < len(reviews.SLOTS):
        who = "Name" if seen.may_draw else "Your trust lead names"
        return f"{drawn}. {who} the two readers, so that they can begin."
    if mine is None:
        return f"{drawn}. Two readers are at work, each without seeing what the other says."
    if mine.has_finished:
        return f"{drawn}. You have finished; the other reader has not yet."
    return f"{drawn}. You read each of them; the other reader does not see what you say."


def _being_settled(visit: Visit, seen: Standing) -> None:
    if seen.may_reconcile:
        file_review_settling.show_differences(visit, seen, lambda: _context(seen))
    else:
        show.lead("Both readers have finished. Where they differ, they settle on an answer now.")
        _context(seen)
    file_review_people.show_drawn(seen)
    file_review_people.offer_abandoning(seen)


def _closed(visit: Visit, seen: Standing) -> None:
    found = file_findings.found(visit, seen.trust.code, seen.cycle, caches.kept)
    if found is not None:
        show.lead(found.sentence)
        _context(seen, found.base)
        file_review_results.show_findings(found, seen)
        st.page_link(_RESULTS, label="See the three voices side by side", icon=":material/compare:")
    file_review_people.show_drawn(seen)
    if not seen.is_cycle_closed and seen.may_draw:
        key = f"file-review.{seen.trust.code}.{seen.cycle.cycle_id}.another"
        with st.expander("Begin another review", key=key, on_change="rerun") as opened:
            if opened.open:
                show.note("Results of the newest closed review are the ones that are shown.")
                file_review_draw.offer(visit, seen)


def _context(seen: Standing, base: str = "") -> None:
    standard = seen.instrument.standard
    edition = f"{standard.short_title}, edition {standard.edition}"
    show.context((seen.trust.name, seen.cycle.title, base, edition))
