"""Writing the demonstration into an empty database."""

from datetime import date, datetime, timedelta

from benchmarking.demonstration import (
    actions,
    file_reviews,
    good_practice,
    monthly,
    people,
    scopes,
    survey,
    survey_links,
    voices,
    working_together,
)
from benchmarking.demonstration.assessments import draw_assessments, moves_of
from benchmarking.demonstration.cycles import cycles
from benchmarking.demonstration.evidence_files import with_files
from benchmarking.demonstration.good_practice import Drawn
from benchmarking.demonstration.saying import notes_of
from benchmarking.demonstration.trusts import demonstration_trusts
from benchmarking.standard import Library
from benchmarking.store import bulk, installation, ledger, move_notes, organisations
from benchmarking.store import cycles as stored_cycles
from benchmarking.store.database import AuditEntry, Database
from benchmarking.store.installation import Kind

# People hold their roles from well before the first cycle.
_ROLES_HELD_BEFORE = timedelta(days=60)


def create(database: Database, library: Library, as_of: date, now: datetime) -> None:
    """Fills a database with the fictional trusts and nothing else, in one transaction.

    Args:
        database: it has the newest schema and holds nothing yet.
        library: the standards that are asked.
        as_of: the day around which the cycles lie; the same day gives the same content.
        now: when it is written, in UTC.

    Raises:
        AlreadySetUp: the database has been filled before; nothing is written then.
    """
    rounds = cycles(library, as_of)
    drawn = with_files(draw_assessments(library, rounds, as_of))
    trusts = [trust.organisation for trust in demonstration_trusts()]
    audit = AuditEntry(0, "create demonstration", "installation", now, f"as of {as_of}")
    with database.writing(audit) as writing:
        installation.set_up(writing, Kind.DEMONSTRATION, now)
        organisations.add(writing, trusts)
        for cycle in rounds:
            stored_cycles.add(writing, cycle)
        since = rounds[0].opens_at - _ROLES_HELD_BEFORE
        person_ids = people.add(writing, trusts, since)
        scopes.add(writing, person_ids)
        bulk.add_many(writing, [one.whole for one in drawn], person_ids)
        monthly.add(writing, trusts, person_ids, as_of)
        actions.add(writing, drawn, as_of, person_ids)
        good_practice.add(writing, Drawn(library, rounds, drawn, as_of), person_ids)
        working_together.add(writing, library, rounds, drawn, as_of, person_ids)
        survey.add(writing, library, rounds, as_of, person_ids)
        survey_links.add(writing, library, rounds, as_of, person_ids)
        reviews = file_reviews.draw_reviews(library, rounds, as_of, person_ids)
        file_reviews.add(writing, reviews, person_ids)
        voices.fix_for_peers(writing, library, rounds, drawn, reviews)
        # The ledger is one chain over all trusts, so it is told in the order of time.
        told = [(move, notes_of(one, move)) for one in drawn for move in moves_of(one, person_ids)]
        told.sort(key=lambda one: (one[0].moved_at, one[0].receipt))
        numbers = ledger.append(writing, *(move for move, _ in told))
        notes = dict(zip(numbers, (given for _, given in told), strict=True))
        move_notes.add(writing, notes)
    database.checkpoint()
