"""Rows that refer to a row that is not there, where no foreign key of the engine's sees to it."""

from dataclasses import dataclass

from benchmarking.store.database import Reading

_OF_ASSESSMENT = ("organisation_id", "cycle_id", "scope", "revision")


@dataclass(frozen=True)
class Reference:
    """Rows of ``table`` refer to a row of ``parent`` by columns that both have."""

    table: str
    parent: str
    columns: tuple[str, ...]
    apart_from: str = ""


# What the program sees to itself. A person or batch of 0 is the server, and refers to nobody.
REFERENCES = (
    *(
        Reference(table, "assessment", _OF_ASSESSMENT)
        for table in ("answer", "answer_comment", "evidence", "carried_answer", "ledger")
    ),
    *(
        Reference(table, "trust_action", ("action_id",))
        for table in ("action_statement", "action_note", "action_closure")
    ),
    *(
        Reference(table, "file_review", ("review_id",))
        for table in (
            *("file_review_frame", "file_review_stratum", "file_review_file"),
            *("file_review_reader", "file_reading", "file_agreed", "file_finding"),
        )
    ),
    Reference("survey_left_out", "survey_sending", ("sending_id",)),
    Reference("survey_invitation", "survey_sending", ("sending_id",)),
    Reference("response", "survey_item", ("item",)),
    Reference("response", "survey_period", ("period",)),
    Reference("response_wave", "survey_item", ("item",)),
    Reference("survey_reply", "survey_period", ("period",)),
    Reference("ledger", "person", ("person_id",), "person_id = 0"),
    Reference("audit", "person", ("person_id",), "person_id = 0"),
)


@dataclass(frozen=True)
class Orphans:
    """How many rows of a table refer to nothing."""

    reference: Reference
    rows: int


def found(reading: Reading) -> tuple[Orphans, ...]:
    """All references with rows that refer to nothing; none where all is well."""
    counted = (Orphans(one, _count(reading, one)) for one in REFERENCES)
    return tuple(one for one in counted if one.rows)


def _count(reading: Reading, reference: Reference) -> int:
    same = " AND ".join(f"p.{name} = c.{name}" for name in reference.columns)
    apart = f"AND NOT (c.{reference.apart_from})" if reference.apart_from else ""
    sql = f"""
        SELECT count(*)
        FROM {reference.table} c
        WHERE NOT EXISTS (SELECT 1 FROM {reference.parent} p WHERE {same}) {apart}
    """
    return int(reading.value(sql))
