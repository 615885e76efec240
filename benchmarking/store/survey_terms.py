"""How each trust asks people who complained. Each save is a row; the newest holds."""

from dataclasses import asdict, fields

from benchmarking.store.database import Reading, Writing
from benchmarking.survey_terms import SavedTerms, Terms

_FIELDS = tuple(field.name for field in fields(Terms))
_COLUMNS = ", ".join(_FIELDS)


def of_trust(reading: Reading, organisation_id: int) -> SavedTerms:
    """The terms that hold for a trust."""
    row = reading.row(
        f"""
        SELECT {_COLUMNS}, s.version, coalesce(p.title, '') AS author, s.saved_at
        FROM survey_setting s
        LEFT JOIN person p ON p.person_id = s.author_id
        WHERE s.organisation_id = :organisation_id
        ORDER BY s.version DESC
        LIMIT 1
        """,
        organisation_id=organisation_id,
    )
    if row is None:
        return SavedTerms()
    terms = Terms(**{name: row[name] for name in _FIELDS})
    return SavedTerms(terms, row["version"], row["author"], row["saved_at"])


def save(writing: Writing, organisation_id: int, terms: Terms, seen: int) -> bool:
    """Adds new terms after those with the version ``seen``; whether these are still the newest.

    Where they are not, the transaction is given up.
    """
    if of_trust(writing, organisation_id).version != seen:
        writing.give_up()
        return False
    writing.run(
        f"""
        INSERT INTO survey_setting (organisation_id, version, {_COLUMNS}, author_id, saved_at)
        VALUES (:organisation_id, :version, {", ".join(f":{name}" for name in _FIELDS)},
            :author_id, :saved_at)
        """,
        organisation_id=organisation_id,
        version=seen + 1,
        author_id=writing.audit.person_id,
        saved_at=writing.audit.at,
        **asdict(terms),
    )
    return True
