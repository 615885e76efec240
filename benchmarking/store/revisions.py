"""A new revision of an assessment, which begins as a copy of an earlier one."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from benchmarking.answers import AssessmentKey
from benchmarking.store import assessments, bulk, evidence
from benchmarking.store.assessments import WHERE_KEY, key_values
from benchmarking.store.database import Writing

# Every table that holds what was said in an assessment, with its columns.
SAID: Mapping[str, tuple[str, ...]] = {
    "answer": bulk.ANSWER,
    "answer_comment": bulk.COMMENT,
    "evidence": evidence.COLUMNS,
}
# What is not the same in the copy. A piece of evidence has a number of its own in each revision.
_ANEW: Mapping[str, str] = {
    "revision": "CAST(:new_revision AS INTEGER)",
    "evidence_id": "evidence_id || CAST(:mark AS TEXT)",
}


def begin_again(writing: Writing, earlier: AssessmentKey, now: datetime) -> AssessmentKey:
    """Opens the next revision with everything said in the earlier one, by whom and when."""
    new = replace(earlier, revision=earlier.revision + 1)
    assessments.add(writing, new, now)
    for table, columns in SAID.items():
        chosen = ", ".join(_ANEW.get(name, name) for name in columns)
        writing.run(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {chosen} FROM {table} "
            f"WHERE {WHERE_KEY}",
            new_revision=new.revision,
            **({"mark": f".{new.revision}"} if "evidence_id" in columns else {}),
            **key_values(earlier),
        )
    return new
