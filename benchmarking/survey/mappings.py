"""Saying what a file of a trust's own survey holds: once, under a name, for all files like it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from benchmarking.access import Action, check_can
from benchmarking.answers import Cycle
from benchmarking.assessing.drafts import CannotSave
from benchmarking.assessing.sheets import trust_of
from benchmarking.entry_faults import refuse, text_or_fault
from benchmarking.imports.refusal import shown
from benchmarking.imports.survey_layout import (
    Instrument,
    SurveyMapping,
    column_set,
    faults_in,
    is_template,
    normal,
)
from benchmarking.imports.survey_tables import PAGE_BYTES, open_table
from benchmarking.keeping import Keep, afresh
from benchmarking.store import survey_mappings as store
from benchmarking.store.survey_mappings import SavedMapping
from benchmarking.survey.file_imports import Upload, instrument_asked
from benchmarking.visit import Visit

LONGEST_NAME = 80
# A column of answers has few values; one with more holds ids, days or words.
MOST_VALUES_OF_COLUMN = 40
LONGEST_COLUMN = 200
_ID_NAMES = ("id", "response", "respondent", "number", "ref", "case")


@dataclass(frozen=True)
class Columns:
    """What a file looks like before anybody has said what it holds.

    ``values`` has the values of each column that has few; ``is_template`` says that it is in
    our template, so nothing has to be said.
    """

    header: tuple[str, ...]
    values: Mapping[str, tuple[str, ...]]
    is_template: bool

    def values_of(self, columns: Sequence[str]) -> tuple[str, ...]:
        """The values of some columns together, each once, in the order they were met."""
        said = [value for column in columns for value in self.values.get(column, ())]
        return tuple({normal(value): value for value in said}.values())


def look_over(visit: Visit, trust_code: str, cycle: Cycle, upload: Upload) -> Columns:
    """The columns of a file, and what stands in those that may hold answers.

    Raises:
        Refused: the person may not bring this trust's replies.
        NotThere: the cycle's edition has no survey.
        ImportRefused: the file cannot be read.
    """
    check_can(visit.person, Action.BRING_SURVEY, trust_code)
    instrument = instrument_asked(visit.library, cycle)
    table = open_table(upload.content, upload.name, PAGE_BYTES)
    if is_template(table.header, instrument):
        return Columns(table.header, {}, True)
    found: list[dict[str, str]] = [{} for _ in table.header]
    for _, cells in table.rows():
        for values, cell in zip(found, cells, strict=False):
            if len(values) <= MOST_VALUES_OF_COLUMN and cell.strip():
                values.setdefault(normal(cell), cell.strip())
    few = {
        column: tuple(values.values())
        for column, values in zip(table.header, found, strict=True)
        if column and len(values) <= MOST_VALUES_OF_COLUMN
    }
    return Columns(table.header, few, False)


def saved(
    visit: Visit, trust_code: str, cycle: Cycle, keep: Keep = afresh
) -> tuple[SavedMapping, ...]:
    """The mappings that a trust has saved, by name; raises as ``look_over``."""
    check_can(visit.person, Action.BRING_SURVEY, trust_code)
    standard_id = instrument_asked(visit.library, cycle).standard.id
    key = ("survey mappings", visit.stand.of_all, trust_code, standard_id)
    return keep(key, partial(_saved, visit, trust_code, standard_id))


def fitting(mappings: Sequence[SavedMapping], header: Sequence[str]) -> tuple[SavedMapping, ...]:
    """Those that were made for a file with the same columns, the newest first."""
    columns = column_set(header)
    same = [one for one in mappings if one.mapping.fits == columns]
    return tuple(sorted(same, key=lambda one: one.saved_at, reverse=True))


def guess(columns: Columns, instrument: Instrument) -> SurveyMapping:
    """What a file probably holds, to begin with: by the names of items and of answers."""
    by_words = {
        said: item.id
        for item in instrument.items
        for said in (normal(item.id), normal(item.prompt))
    }
    items: dict[str, str] = {}
    for column in columns.header:
        item = by_words.get(normal(column))
        if item is not None and item not in items.values():
            items[column] = item
    return SurveyMapping(
        columns=columns.header,
        id_column=_likely_id(columns, items),
        items=items,
        values=likely_choices(columns.values_of(list(items)), instrument),
    )


def likely_choices(values: Sequence[str], instrument: Instrument) -> Mapping[str, str]:
    """The choice that each value probably means; empty where nobody can tell."""
    return {said: _choice(said, instrument) for said in values}


def save(
    visit: Visit, trust_code: str, cycle: Cycle, name: str, mapping: SurveyMapping
) -> SurveyMapping:
    """Saves what a file holds under a name; the mapping as it is kept.

    Raises:
        Refused: the person may not bring this trust's replies.
        NotThere: the cycle's edition has no survey.
        EntryFaults: the name or the mapping cannot be used; says why.
    """
    check_can(visit.person, Action.BRING_SURVEY, trust_code)
    instrument = instrument_asked(visit.library, cycle)
    kept, fault = text_or_fault(
        name, LONGEST_NAME, "The name", "Give the mapping a name, such as the name of the survey."
    )
    wrong = [f"{problem[:1].upper()}{problem[1:]}." for problem in faults_in(mapping)]
    refuse({"name": fault, "mapping": " ".join(wrong)})
    _check_known(mapping, instrument)
    entry = visit.audit("save survey mapping", trust_code, instrument.standard.id)
    with visit.database.writing(entry) as writing:
        number = trust_of(writing, trust_code).organisation_id
        store.add(writing, number, instrument.standard.id, kept, mapping)
    return mapping


def _saved(visit: Visit, trust_code: str, standard_id: str) -> tuple[SavedMapping, ...]:
    with visit.database.reading() as reading:
        number = trust_of(reading, trust_code).organisation_id
        return store.of_trust(reading, number, standard_id)


def _check_known(mapping: SurveyMapping, instrument: Instrument) -> None:
    """Passes where columns, items and choices are all there, and of a length that can be kept."""
    used = [column for column in (mapping.id_column, *mapping.items) if column]
    if set(used) - set(mapping.columns):
        raise CannotSave("The mapping names a column that the file does not have. Map it again.")
    if any(len(column) > LONGEST_COLUMN for column in mapping.columns):
        raise CannotSave(f"A name of a column has more than {LONGEST_COLUMN} letters. Shorten it.")
    items = set(mapping.items.values()) - set(instrument.item_ids)
    choices = set(mapping.values.values()) - {"", *instrument.scale.by_id}
    if items or choices:
        listed = ", ".join(shown(one) for one in sorted(items | choices))
        raise CannotSave(f"The survey does not have {listed}. Choose from what is offered.")


def _choice(said: str, instrument: Instrument) -> str:
    """The choice that has this label, id or number; none where nobody can tell."""
    number = instrument.values.get(normal(said))
    by_number = {instrument.values[normal(c.id)]: c.id for c in instrument.scale.choices}
    return by_number.get(number, "") if number is not None else ""


def _likely_id(columns: Columns, items: Mapping[str, str]) -> str:
    """The first column with many values whose name sounds like an id; empty where none does."""
    for column in columns.header:
        words = normal(column).replace("_", " ").replace("-", " ").split()
        if column and column not in items and any(word in _ID_NAMES for word in words):
            return column
    return ""
