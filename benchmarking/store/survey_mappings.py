"""What files of trusts' own surveys hold, saved under names; the newest of a name stands."""

from dataclasses import dataclass
from datetime import datetime

from benchmarking.imports.survey_layout import SurveyMapping
from benchmarking.store.database import Reading, Writing


@dataclass(frozen=True)
class SavedMapping:
    """A mapping that a trust saved: its name, who saved it (a title) and when."""

    mapping_id: int
    name: str
    mapping: SurveyMapping
    author: str
    saved_at: datetime


def add(
    writing: Writing, organisation_id: int, standard_id: str, name: str, mapping: SurveyMapping
) -> None:
    """Saves a mapping; it takes the place of an older one of the same name."""
    writing.run(
        """
        INSERT INTO survey_mapping (
            mapping_id, organisation_id, standard_id, name, mapping, author_id, saved_at
        )
        VALUES (
            nextval('survey_mapping_number'), :organisation_id, :standard_id, :name, :mapping,
            :person_id, :now
        )
        """,
        organisation_id=organisation_id,
        standard_id=standard_id,
        name=name,
        mapping=mapping.model_dump_json(),
        person_id=writing.audit.person_id,
        now=writing.audit.at,
    )


def of_trust(reading: Reading, organisation_id: int, standard_id: str) -> tuple[SavedMapping, ...]:
    """The mappings of a trust for a standard's survey, by name."""
    rows = reading.rows(
        """
        SELECT m.mapping_id, m.name, m.mapping, coalesce(p.title, '') AS author, m.saved_at
        FROM survey_mapping m
        LEFT JOIN person p ON p.person_id = m.author_id
        WHERE m.organisation_id = :organisation_id AND m.standard_id = :standard_id
        ORDER BY m.mapping_id
        """,
        organisation_id=organisation_id,
        standard_id=standard_id,
    )
    newest = {
        row["name"]: SavedMapping(
            **{**row, "mapping": SurveyMapping.model_validate_json(row["mapping"])}
        )
        for row in rows
    }
    return tuple(newest[name] for name in sorted(newest))
