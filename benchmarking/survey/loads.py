"""Storing the replies of a file: what is new, what is corrected; the command for many trusts."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from benchmarking.answers import Cycle, Organisation
from benchmarking.assessing.sheets import standards_of
from benchmarking.imports import survey
from benchmarking.imports.refusal import Fault, ImportRefused, shown
from benchmarking.imports.survey import Digest, Replies, SurveyFile, Whose
from benchmarking.imports.survey_layout import (
    TRUST,
    Instrument,
    Layout,
    as_mapped,
    as_template,
    instrument_of,
)
from benchmarking.imports.survey_tables import Table, Told, open_table
from benchmarking.moments import utc_now
from benchmarking.replies import Reply, Way, read
from benchmarking.standard import Library
from benchmarking.store import (
    cycles,
    organisations,
    responses,
    survey_files,
    survey_mappings,
)
from benchmarking.store.database import AuditEntry, Database, Reading, Writing
from benchmarking.store.responses import Correction, Place

PURGED = (
    "The single replies of this cycle were purged when their time was over, so nobody can tell "
    "any more which replies of a file are new. Nothing was stored."
)
_HOST = 0  # whoever runs the command on the server's machine


@dataclass(frozen=True, eq=False)
class Difference:
    """What storing one trust's replies would do. ``same`` counts those that are stored already."""

    new: Replies
    corrections: tuple[Correction, ...]
    same: int

    @property
    def is_nothing(self) -> bool:
        return not self.new.keys and not self.corrections

    @property
    def in_words(self) -> str:
        """How many replies are new, corrected or stored already: "96 new, 3 corrected"."""
        if self.is_nothing and not self.same:
            return "none that could be stored"
        if self.is_nothing:
            return f"{_replies(self.same)} stored already, so there is nothing to change"
        kinds = (
            (len(self.new), "new"),
            (len(self.corrections), "corrected"),
            (self.same, "stored already"),
        )
        return ", ".join(f"{many:,} {kind}" for many, kind in kinds if many)


def new_digest_key() -> str:
    """A key for the digests of ids, which nobody can guess."""
    return secrets.token_hex(32)


def digest_with(key: str) -> Digest:
    """What makes the digest of a trust's code and the id of one of its replies.

    With the key, which stays in the database, who has a list of ids can find which of them
    replied; who has a copy of the replies alone cannot.
    """
    secret = bytes.fromhex(key)

    def digest(code: str, said: str) -> bytes:
        text = f"{code}\n{said}".encode("utf-8", "surrogatepass")
        return blake2b(text, key=secret, digest_size=16).digest()

    return digest


def difference(known: Mapping[str, str], replies: Replies) -> Difference:
    """What is new, corrected and stored already of some replies.

    Args:
        known: the answers of stored replies as texts, by their keys.
        replies: of the file.
    """
    if not known:
        return Difference(replies, (), 0)
    new, corrections, same = [], [], 0
    said = survey_files.as_texts(replies.answers)
    for place, (key, now) in enumerate(zip(replies.keys, said, strict=True)):
        before = known.get(key.hex())
        if before is None:
            new.append(place)
        elif before == now:
            same += 1
        else:
            corrections.append(_correction(key.hex(), before, now))
    left = Replies(tuple(replies.keys[place] for place in new), replies.answers[new])
    return Difference(left, tuple(corrections), same)


def write(
    writing: Writing,
    place: Place,
    instrument: Instrument,
    library: Library,
    file: SurveyFile,
    found: Difference,
) -> int:
    """Stores what is new and corrected as one batch; its number."""
    standard = instrument.standard
    items = responses.numbers_for(writing, standard, library)
    batch = responses.begin_batch(
        writing, Way.ELSEWHERE, standard, file_name=file.name, sha256=file.sha256
    )
    keys = [key.hex() for key in found.new.keys]
    survey_files.add_replies(writing, place, batch, items, keys, found.new.answers)
    responses.correct_answers(writing, place, batch, items, found.corrections)
    responses.count_in(writing, batch)
    survey_files.add_brought(
        writing,
        place,
        batch,
        added=len(keys),
        corrected=len(found.corrections),
        same=found.same,
        left=file.refused,
    )
    return batch


def load(
    database: Database,
    library: Library,
    file: Path,
    cycle_id: str,
    *,
    trust_code: str = "",
    mapping_name: str = "",
    told: Told = lambda share: None,
) -> str:
    """Stores the replies of any of the trusts here, from a file on the server; what was done.

    The whole file is read and checked before anything is stored, and all of it is stored in
    one transaction.

    Args:
        database: the database.
        library: the standards.
        file: in our template; or as the mapping says.
        cycle_id: the cycle in which people were asked.
        trust_code: the trust all rows are of; without it a column says so.
        mapping_name: a mapping that this trust has saved.
        told: told how far the reading has come, from 0 to 1.

    Raises:
        ImportRefused: with every fault of the file; nothing is stored then.
    """
    table = open_table(file)
    with database.reading() as reading:
        instrument = _instrument(library, _cycle(reading, cycle_id, table.name), table.name)
        trusts = {trust.code: trust for trust in organisations.every(reading)}
        own = _own(trusts, trust_code, table.name)
        layout = _layout(reading, table, instrument, own, mapping_name)
        key = survey_files.digest_key(reading) or new_digest_key()
    whose = Whose(trusts.keys(), own.code if own else None)
    found = survey.read(table, layout, len(instrument.items), whose, digest_with(key), told)
    _refuse_if_faulty(found)
    entry = AuditEntry(_HOST, "import survey replies", found.name, utc_now(), found.sha256)
    with database.writing(entry) as writing:
        if not survey_files.keep_digest_key(writing, key):
            raise ImportRefused([_somebody_else(found.name)])
        period = responses.period_for(writing, cycle_id)
        lines = []
        for code, replies in found.by_trust.items():
            place = Place(trusts[code].organisation_id, period)
            change = _store_one(writing, place, instrument, library, found, replies)
            lines.append(f"{code}: {'' if change.is_nothing else 'Stored. '}{change.in_words}.")
        if all("Stored." not in line for line in lines):
            writing.give_up()
    return "\n".join([*lines, *remarks(found)])


def remarks(file: SurveyFile) -> tuple[str, ...]:
    """What was passed over in a file and how it was read, a sentence each."""
    said = []
    if file.blank:
        said.append(_left_out(file.blank, "without any answer"))
    if file.repeated:
        said.append(_left_out(file.repeated, "that the file has twice, word for word,"))
    return (*said, *how_read(file))


def how_read(file: SurveyFile) -> tuple[str, ...]:
    """How a file was read, and which of its columns were not, a sentence each."""
    aside = (f"Not read: {', '.join(file.set_aside)}.",) if file.set_aside else ()
    return (*file.remarks, *aside)


def _store_one(
    writing: Writing,
    place: Place,
    instrument: Instrument,
    library: Library,
    file: SurveyFile,
    replies: Replies,
) -> Difference:
    if survey_files.is_purged(writing, place):
        raise ImportRefused([Fault(file.name, PURGED.rstrip("."), "Leave these replies out")])
    found = difference(survey_files.known_answers(writing, place), replies)
    if not found.is_nothing:
        write(writing, place, instrument, library, file, found)
    return found


def _cycle(reading: Reading, cycle_id: str, name: str) -> Cycle:
    cycle = cycles.find(reading, cycle_id)
    if cycle is None:
        problem = f"there is no cycle {shown(cycle_id)}"
        known = ", ".join(one.cycle_id for one in cycles.every(reading)[:10])
        raise ImportRefused([Fault(name, problem, f"Name one of: {known or 'none is open yet'}")])
    return cycle


def _instrument(library: Library, cycle: Cycle, name: str) -> Instrument:
    found = instrument_of(library, standards_of(library, cycle))
    if found is None:
        problem = f"the editions of {cycle.title} have no survey for people who complained"
        raise ImportRefused([Fault(name, problem, "Name a cycle whose edition has one")])
    return found


def _own(trusts: Mapping[str, Organisation], trust_code: str, name: str) -> Organisation | None:
    if not trust_code:
        return None
    if trust_code not in trusts:
        problem = f"{shown(trust_code)} is not the code of a trust here"
        raise ImportRefused([Fault(name, problem, "Write the code under which it is listed")])
    return trusts[trust_code]


def _layout(
    reading: Reading,
    table: Table,
    instrument: Instrument,
    own: Organisation | None,
    mapping_name: str,
) -> Layout:
    if mapping_name and own is None:
        problem = "a mapping belongs to one trust"
        raise ImportRefused([Fault(table.name, problem, "Name the trust with --trust, too")])
    if mapping_name and own is not None:
        saved = survey_mappings.of_trust(reading, own.organisation_id, instrument.standard.id)
        named = {one.name: one.mapping for one in saved}
        if mapping_name not in named:
            problem = f"{own.code} has saved no mapping named {shown(mapping_name)}"
            known = f"Name one of: {', '.join(named)}" if named else "Save one on the page first"
            raise ImportRefused([Fault(table.name, problem, known)])
        return as_mapped(table.header, named[mapping_name], instrument, table.name)
    layout = as_template(table.header, instrument, table.name)
    if own is None and layout.trust_at is None:
        problem = f"it has no column {TRUST}, so nobody can tell whose replies these are"
        raise ImportRefused([Fault(table.name, problem, "Add it, or name the trust with --trust")])
    return layout


def _refuse_if_faulty(found: SurveyFile) -> None:
    if found.faults:
        faults = [fault.as_fault for fault in found.faults]
        if found.more_faults:
            more = Fault(found.name, f"{found.more_faults:,} more faults", "Correct these first")
            faults.append(more)
        raise ImportRefused(faults)
    if not found.by_trust:
        remedy = "Choose the file with the replies"
        raise ImportRefused([Fault(found.name, "no row of it has an answer", remedy)])


def _correction(key: str, before: str, now: str) -> Correction:
    return Correction(Reply(key, read(before)), Reply(key, read(now)))


def _somebody_else(name: str) -> Fault:
    return Fault(name, "somebody brought the first replies in the meantime", "Import it again")


def _replies(many: int) -> str:
    return "1 reply is" if many == 1 else f"{many:,} replies are"


def _left_out(many: int, which: str) -> str:
    return f"1 row {which} was left out." if many == 1 else f"{many:,} rows {which} were left out."
