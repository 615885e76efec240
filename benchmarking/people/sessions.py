"""How long somebody stays signed in: not too long without a click, and never longer than a day.

A cookie cannot be taken back, so each signing in is known by a hash, and what is over stays over.
"""

from datetime import datetime, timedelta
from functools import partial

from benchmarking import events
from benchmarking.keeping import Keep
from benchmarking.people.vouching import Vouched
from benchmarking.settings import Settings
from benchmarking.store import sessions
from benchmarking.store.audit_actions import SIGNED_IN, SIGNED_OUT, STILL_HERE, TIMED_OUT
from benchmarking.store.database import AuditEntry, Database, StoreError
from benchmarking.store.sessions import Ending, Session
from benchmarking.visit import Visit

_NOTED_EVERY = timedelta(minutes=5)


def why_over(
    asking: Visit, settings: Settings, vouched: Vouched, person_id: int, keep: Keep
) -> str:
    """Why somebody has to sign in again, in a sentence; "" while they are signed in.

    Notes the first page of a session and its end, and every few minutes that somebody is still
    here; each with its audit entry, as all that is written.
    """
    number = asking.stand.of_session(_subject(vouched))
    key = ("session", number, vouched.session_id)
    session = keep(key, partial(_find, asking.database, vouched.session_id))
    ending = _ending(settings, vouched, session, asking.now)
    if ending is None:
        _note_presence(asking, settings, vouched, person_id, session)
        return ""
    if session is not None and session.ending is None:
        entry = _entry(vouched, person_id, TIMED_OUT, asking.now, ending.value)
        with asking.database.writing(entry) as writing:
            sessions.end(writing, vouched.session_id, ending, asking.now)
    return _sentence(settings, ending)


def end(database: Database, vouched: Vouched, person_id: int, now: datetime) -> None:
    """Signs somebody out: whoever brings the same cookie again is a stranger."""
    entry = _entry(vouched, person_id, SIGNED_OUT, now)
    with database.writing(entry) as writing:
        if sessions.find(writing, vouched.session_id) is None:
            sessions.begin(writing, vouched.session_id, person_id, vouched.since, now)
        sessions.end(writing, vouched.session_id, Ending.SIGNED_OUT, now)


def noted_every(settings: Settings) -> timedelta:
    """How far what is stored of somebody's last click may lag behind it."""
    return min(_NOTED_EVERY, timedelta(minutes=settings.idle_minutes) / 6)


def _ending(
    settings: Settings, vouched: Vouched, session: Session | None, now: datetime
) -> Ending | None:
    if session is not None and session.ending is not None:
        return session.ending
    if now - vouched.since >= timedelta(hours=settings.session_hours):
        return Ending.TOO_LONG
    seen = vouched.since if session is None else session.seen_at
    # Never sooner than people are told, though what is stored lags behind their last click.
    idle = timedelta(minutes=settings.idle_minutes) + noted_every(settings)
    return Ending.IDLE if now - seen >= idle else None


def _note_presence(
    asking: Visit, settings: Settings, vouched: Vouched, person_id: int, session: Session | None
) -> None:
    number, now = vouched.session_id, asking.now
    if session is None:
        entry = _entry(vouched, person_id, SIGNED_IN, now)
        with asking.database.writing(entry) as writing:
            sessions.begin(writing, number, person_id, vouched.since, now)
    elif now - session.seen_at >= noted_every(settings):
        entry = _entry(vouched, person_id, STILL_HERE, now)
        try:
            with asking.database.writing(entry) as writing:
                sessions.see(writing, number, now)
        except StoreError as failed:
            # A full disk keeps nobody from reading.
            events.warn("presence not noted", why=failed)


def _find(database: Database, session_id: str) -> Session | None:
    with database.reading() as reading:
        return sessions.find(reading, session_id)


def _entry(
    vouched: Vouched, person_id: int, action: str, now: datetime, detail: str = ""
) -> AuditEntry:
    return AuditEntry(person_id, action, _subject(vouched), now, detail)


def _subject(vouched: Vouched) -> str:
    return f"session {vouched.session_id[:12]}"


def _sentence(settings: Settings, ending: Ending) -> str:
    if ending is Ending.SIGNED_OUT:
        return "You signed out. Sign in again to go on."
    minutes, hours = settings.idle_minutes, settings.session_hours
    after = {
        Ending.IDLE: f"after {minutes} minute{'s' * (minutes > 1)} without a click",
        Ending.TOO_LONG: f"{hours} hour{'s' * (hours > 1)} after you signed in",
    }
    return f"You were signed out {after[ending]}. Nothing you saved is lost. Sign in again."
