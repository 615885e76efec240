"""Replies of a trust's own survey by file: what a file would do, storing it, how many were asked.

Single replies of such a file are looked at here and nowhere else; what leaves is how many there
are and what is wrong with a row, never what anybody answered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import pandas as pd

from benchmarking.access import Action, check_can
from benchmarking.answers import Cycle
from benchmarking.assessing.drafts import CannotSave
from benchmarking.assessing.sheets import NotThere, standards_of, trust_of
from benchmarking.entry_faults import refuse
from benchmarking.imports import survey
from benchmarking.imports.refusal import Fault, ImportRefused
from benchmarking.imports.survey import SurveyFile, Whose
from benchmarking.imports.survey_layout import (
    RESPONSE_ID,
    Instrument,
    SurveyMapping,
    as_mapped,
    as_template,
    instrument_of,
)
from benchmarking.imports.survey_tables import PAGE_BYTES, Told, open_table
from benchmarking.keeping import Keep, afresh
from benchmarking.replies import Asked, Sending, Way, asked
from benchmarking.results.history import Cycles
from benchmarking.standard import Library
from benchmarking.statistics.disclosure import Pools, base_in_words
from benchmarking.statistics.disclosure.rules import SHARE_FROM
from benchmarking.store import responses, survey_files, surveys
from benchmarking.store.database import Reading, Writing
from benchmarking.store.responses import REPLY, Place
from benchmarking.store.survey_files import Brought
from benchmarking.survey.loads import (
    PURGED,
    Difference,
    difference,
    digest_with,
    how_read,
    new_digest_key,
    write,
)
from benchmarking.visit import Visit

MOST_INVITED = 1_000_000
_NO_SURVEY = (
    "The edition of this cycle has no survey for people who complained. Choose another cycle."
)


class StaleLook(CannotSave):
    """A colleague brought a file since this one was looked at. Nothing was stored."""

    def __init__(self) -> None:
        super().__init__(
            "A colleague brought a file in the meantime, so what you were shown has changed. "
            "Nothing was stored. Look at what this file would do now, and decide again."
        )


@dataclass(frozen=True)
class Upload:
    """A file as somebody handed it in."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Standing:
    """Where a trust's survey stands in one cycle.

    ``replied`` says how many replies stand behind the results, as far as that may be said;
    empty where nobody was asked. ``instrument`` is None where the cycle's edition has no survey.
    """

    cycle: Cycle
    instrument: Instrument | None
    asked: Asked
    sendings: tuple[Sending, ...]
    replied: str
    brought: tuple[Brought, ...]
    is_purged: bool


@dataclass(frozen=True, eq=False)
class Look:
    """What a file would do, looked at before anything is stored.

    It holds what was stored when it was made, so that a file brought in between is found.
    """

    trust_code: str
    cycle: Cycle
    instrument: Instrument
    file: SurveyFile
    difference: Difference
    digest_key: str
    last_batch: int

    @property
    def in_words(self) -> str:
        """How many rows the file has, how many cannot be read, and what the others come to."""
        said = [f"The file has {_rows(self.file.rows)}."]
        if self.file.refused:
            said.append(f"{_rows(self.file.refused)} cannot be read.")
        return " ".join([*said, f"Replies: {self.difference.in_words}."])

    @property
    def remarks(self) -> tuple[str, ...]:
        """How the file was read and which columns were not, a sentence each."""
        return how_read(self.file)

    @property
    def recognised(self) -> tuple[tuple[str, str, int], ...]:
        """(id, prompt, how many answers) of each item; no results."""
        counted = zip(self.instrument.items, self.file.recognised, strict=True)
        return tuple((item.id, item.prompt, many) for item, many in counted)


def choices(visit: Visit, trust_code: str, keep: Keep = afresh) -> tuple[Cycle, ...]:
    """The cycles replies can be brought for, the newest first.

    Raises:
        Refused: the person may not bring this trust's replies.
        NotThere: no cycle has been opened.
    """
    check_can(visit.person, Action.BRING_SURVEY, trust_code)
    return Cycles(visit, keep).opened


def standing(visit: Visit, trust_code: str, cycle: Cycle, keep: Keep = afresh) -> Standing:
    """Where the survey of a trust stands; raises as ``choices``."""
    check_can(visit.person, Action.BRING_SURVEY, trust_code)
    Cycles(visit, keep).up_to(cycle)
    key = ("survey standing", visit.stand.of_trust(trust_code), trust_code, cycle.cycle_id)
    return keep(key, partial(_standing, visit, trust_code, cycle))


def instrument_asked(library: Library, cycle: Cycle) -> Instrument:
    """The survey of a cycle.

    Raises:
        NotThere: the cycle's edition has none.
    """
    found = instrument_of(library, standards_of(library, cycle))
    if found is None:
        raise NotThere(_NO_SURVEY)
    return found


def template(visit: Visit, trust_code: str, cycle: Cycle) -> pd.DataFrame:
    """The file to fill in, which has a header and no row.

    Raises:
        Refused: the person may not bring this trust's replies.
        NotThere: the cycle's edition has no survey.
    """
    check_can(visit.person, Action.BRING_SURVEY, trust_code)
    return pd.DataFrame(columns=[RESPONSE_ID, *instrument_asked(visit.library, cycle).item_ids])


def look_at(
    visit: Visit,
    trust_code: str,
    cycle: Cycle,
    upload: Upload,
    mapping: SurveyMapping | None = None,
    told: Told = lambda share: None,
) -> Look:
    """What a trust's file would do. Nothing is stored.

    Args:
        visit: who asks, and when.
        trust_code: whose replies.
        cycle: in which people were asked.
        upload: the file.
        mapping: what it holds; None where it is in our template.
        told: told how far the reading has come, from 0 to 1.

    Raises:
        Refused: the person may not bring this trust's replies.
        NotThere: no such trust or cycle, or a cycle without a survey.
        ImportRefused: the file as a whole cannot be read; says why.
    """
    check_can(visit.person, Action.BRING_SURVEY, trust_code)
    Cycles(visit, afresh).up_to(cycle)
    instrument = instrument_asked(visit.library, cycle)
    table = open_table(upload.content, upload.name, PAGE_BYTES)
    if mapping is None:
        layout = as_template(table.header, instrument, table.name)
    else:
        layout = as_mapped(table.header, mapping, instrument, table.name)
    with visit.database.reading() as reading:
        place = _place(reading, trust_code, cycle)
        if place is not None and survey_files.is_purged(reading, place):
            raise ImportRefused([Fault(table.name, PURGED.rstrip("."), "Keep the file yourself")])
        last = 0 if place is None else survey_files.last_brought(reading, place)
        known = {} if place is None else survey_files.known_answers(reading, place)
        key = survey_files.digest_key(reading) or new_digest_key()
    whose = Whose((trust_code,), trust_code)
    file = survey.read(table, layout, len(instrument.items), whose, digest_with(key), told)
    if not file.faults and not file.by_trust:
        remedy = "Choose the file with the replies"
        raise ImportRefused([Fault(file.name, "no row of it has an answer", remedy)])
    none = survey.no_replies(len(instrument.items))
    found = difference(known, file.by_trust.get(trust_code, none))
    return Look(trust_code, cycle, instrument, file, found, key, last)


def store(
    visit: Visit,
    look: Look,
    *,
    without_refused: bool = False,
    sending: Sending | None = None,
) -> str:
    """Stores what was looked at; what was done, in a sentence.

    Args:
        visit: who stores, and when.
        look: what the person was shown.
        without_refused: that the person agreed to leave the rows with faults out.
        sending: how many were asked, where it is said at once.

    Raises:
        Refused: the person may not bring this trust's replies.
        CannotSave: rows have faults and nobody agreed to leave them out.
        StaleLook: another file was brought since.
        EntryFaults: how many were asked cannot be right.
    """
    check_can(visit.person, Action.BRING_SURVEY, look.trust_code)
    if sending is not None:
        _check_sending(visit, sending)
    if look.file.refused and not without_refused:
        raise CannotSave(
            f"{_rows(look.file.refused)} cannot be read. Correct the file and bring it again, or "
            f"tick the box that leaves them out. Nothing was stored."
        )
    if look.difference.is_nothing and sending is None:
        return f"{look.difference.in_words}."
    about = f"{look.trust_code} {look.cycle.cycle_id}"
    with visit.database.writing(visit.audit("bring survey replies", about, _detail(look))) as w:
        number = trust_of(w, look.trust_code).organisation_id
        _store_replies(visit, w, number, look)
        if sending is not None:
            _add_sending(w, number, look.cycle, sending)
    visit.database.checkpoint()
    return f"Stored. Replies: {look.difference.in_words}."


def record_invited(visit: Visit, trust_code: str, cycle: Cycle, sending: Sending) -> str:
    """Records how many people the trust asked in its own survey; what was done, in a sentence.

    Raises:
        Refused: the person may not bring this trust's replies.
        NotThere: no such trust or cycle.
        EntryFaults: it cannot be right, field by field.
    """
    check_can(visit.person, Action.BRING_SURVEY, trust_code)
    Cycles(visit, afresh).up_to(cycle)
    _check_sending(visit, sending)
    about = f"{trust_code} {cycle.cycle_id}"
    entry = visit.audit("record how many were asked", about, str(sending.invited))
    with visit.database.writing(entry) as writing:
        _add_sending(writing, trust_of(writing, trust_code).organisation_id, cycle, sending)
    return f"{sending.invited:,} people were asked."


def take_back(visit: Visit, trust_code: str, cycle: Cycle, sending: Sending) -> str:
    """Takes back how many were asked, as if it had never been said; what was done, in a sentence.

    Raises:
        Refused: the person may not bring this trust's replies.
        CannotSave: a colleague took it back in the meantime.
    """
    check_can(visit.person, Action.BRING_SURVEY, trust_code)
    about = f"{trust_code} {cycle.cycle_id}"
    entry = visit.audit("take back how many were asked", about, str(sending.invited))
    with visit.database.writing(entry) as writing:
        number = trust_of(writing, trust_code).organisation_id
        stands = surveys.sendings_of(writing, number, cycle.cycle_id)
        if sending not in stands or sending.way is not Way.ELSEWHERE:
            raise CannotSave("A colleague took this back in the meantime. Nothing was changed.")
        undone = replace(sending, invited=-sending.invited)
        surveys.add_sending(writing, number, cycle.cycle_id, undone)
    return f"{sending.invited:,} people asked: taken back."


def faults_table(look: Look) -> pd.DataFrame:
    """Every row that cannot be read: its number, column and value, what is wrong, what to do."""
    rows = [
        (fault.row, fault.column, fault.value, f"{fault.problem}.", f"{fault.remedy}.")
        for fault in look.file.faults
    ]
    if look.file.more_faults:
        more = f"{look.file.more_faults:,} more faults are not listed."
        rows.append((0, "", "", more, "Correct these first and bring the file again."))
    columns = ["Row", "Column", "Value", "What is wrong", "What to do"]
    return pd.DataFrame(rows, columns=columns)


def in_steps(many: int) -> str:
    """How many replies, as far as that may be said: none, under 10, 10 to 29, or the number."""
    if not many:
        return "none"
    return f"under {SHARE_FROM}" if many < SHARE_FROM else base_in_words(many, "").strip()


def _standing(visit: Visit, trust_code: str, cycle: Cycle) -> Standing:
    with visit.database.reading() as reading:
        number = trust_of(reading, trust_code).organisation_id
        sendings = surveys.sendings_of(reading, number, cycle.cycle_id)
        place = _place(reading, trust_code, cycle)
        waves = {} if place is None else responses.waves_of(reading, place)
        return Standing(
            cycle=cycle,
            instrument=instrument_of(visit.library, standards_of(visit.library, cycle)),
            asked=asked(sendings),
            sendings=sendings,
            replied=_replied(waves, sendings),
            brought=() if place is None else survey_files.brought_by(reading, place),
            is_purged=place is not None and survey_files.is_purged(reading, place),
        )


def _replied(waves: Mapping[int, Pools], sendings: Sequence[Sending]) -> str:
    """How many replied; empty where nobody was asked. The first reply changes no word of it."""
    if REPLY in waves:
        return base_in_words(sum(counts.out_of for counts in waves[REPLY].full))
    return base_in_words(0) if sendings else ""


def _place(reading: Reading, trust_code: str, cycle: Cycle) -> Place | None:
    number = trust_of(reading, trust_code).organisation_id
    period = responses.period_of(reading, cycle.cycle_id)
    return None if period is None else Place(number, period)


def _store_replies(visit: Visit, writing: Writing, number: int, look: Look) -> None:
    place = Place(number, responses.period_for(writing, look.cycle.cycle_id))
    is_known = survey_files.keep_digest_key(writing, look.digest_key)
    is_fresh = survey_files.last_brought(writing, place) == look.last_batch
    if not is_known or not is_fresh or survey_files.is_purged(writing, place):
        raise StaleLook
    if not look.difference.is_nothing:
        write(writing, place, look.instrument, visit.library, look.file, look.difference)


def _add_sending(writing: Writing, number: int, cycle: Cycle, sending: Sending) -> None:
    elsewhere = replace(sending, way=Way.ELSEWHERE)
    surveys.add_sending(writing, number, cycle.cycle_id, elsewhere)


def _check_sending(visit: Visit, sending: Sending) -> None:
    too_many = not 1 <= sending.invited <= MOST_INVITED
    refuse(
        {
            "invited": f"Write how many people were asked, from 1 to {MOST_INVITED:,}."
            if too_many
            else "",
            "closed_from": "The first day lies after the last one. Correct one of the two."
            if sending.closed_from > sending.closed_to
            else "",
            "closed_to": "Complaints cannot have closed after today. Correct the last day."
            if sending.closed_to > visit.today
            else "",
        }
    )


def _detail(look: Look) -> str:
    """What the audit keeps: how many replies in steps, how many rows left out, and which file."""
    new, corrections = len(look.difference.new), len(look.difference.corrections)
    counts = f"{in_steps(new)} new, {in_steps(corrections)} corrected"
    return f"{counts}, {look.file.refused} rows left out: {look.file.sha256}"


def _rows(many: int) -> str:
    return "1 row" if many == 1 else f"{many:,} rows"
