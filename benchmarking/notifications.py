"""Being told by e-mail what waits: choosing it, confirming the address, and telling people.

Off until somebody enters an address and a code that was sent there comes back, so that nobody
has mail sent to strangers. An address is never identity.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2b

from benchmarking.access import Action, check_can
from benchmarking.assessing.drafts import CannotSave
from benchmarking.entry_faults import refuse
from benchmarking.mail_server import is_address
from benchmarking.mailing import Mail, NotSent, Post
from benchmarking.store import notifications as store
from benchmarking.store.database import Reading
from benchmarking.store.notifications import Choice, HowOften, SentCode
from benchmarking.visit import Visit

CODE_HOLDS = timedelta(hours=1)
MOST_TRIES = 5
MOST_CODES = 5
_A_DAY = timedelta(days=1)
_DIGITS = 8
_NOT_SENT = (
    "The mail could not be sent, so your address is not confirmed. Try again later, or tell your "
    "administrator."
)


@dataclass(frozen=True)
class Standing:
    """What somebody chose, if anything, and whether a code is on its way to their address."""

    choice: Choice | None
    waits_for_code: bool


def standing(visit: Visit) -> Standing:
    """How whoever asks is told now.

    Raises:
        Refused: the person has no role in any trust.
    """
    check_can(visit.person, Action.CHOOSE_NOTIFICATIONS)
    person_id = visit.person.person_id
    with visit.database.reading() as reading:
        choice, code = store.choice_of(reading, person_id), store.code_of(reading, person_id)
    waits = (
        choice is not None
        and choice.confirmed_at is None
        and code is not None
        and _holds(code, visit.now)
    )
    return Standing(choice, waits)


def choose(visit: Visit, address: str, how_often: HowOften, secret: str, post: Post) -> bool:
    """Keeps what somebody chose; whether a code was sent to an address that has to be confirmed.

    Args:
        visit: who chooses, and when.
        address: where they want to be told.
        how_often: at most how often.
        secret: what codes are hashed with.
        post: what hands mail in.

    Raises:
        Refused: the person has no role in any trust.
        EntryFaults: it is no address.
        CannotSave: too many codes were sent today, or the mail could not be sent.
    """
    check_can(visit.person, Action.CHOOSE_NOTIFICATIONS)
    wanted = address.strip()
    fault = "This is not an e-mail address. Enter one such as name@trust.example."
    refuse({"address": "" if is_address(wanted) else fault})
    code = f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}}"
    entry = visit.audit("choose notifications", _subject(visit), how_often.value)
    with visit.database.writing(entry) as writing:
        known = store.choice_of(writing, visit.person.person_id)
        confirmed = known.confirmed_at if known and known.address == wanted else None
        store.choose(writing, Choice(visit.person.person_id, wanted, how_often, confirmed))
        if confirmed is not None or how_often is HowOften.OFF:
            return False
        hashed = _hashed(visit, secret, wanted, code)
        store.keep_code(writing, visit.person.person_id, _next_code(writing, visit, hashed))
    _send_code(wanted, code, post)
    return True


def confirm(visit: Visit, code: str, secret: str) -> None:
    """Confirms the address, if this is the code that was sent there.

    Raises:
        Refused: the person has no role in any trust.
        CannotSave: it is another code, or its time is over.
    """
    check_can(visit.person, Action.CHOOSE_NOTIFICATIONS)
    person_id = visit.person.person_id
    typed = "".join(code.split())
    with visit.database.writing(visit.audit("confirm address", _subject(visit))) as writing:
        choice, sent = store.choice_of(writing, person_id), store.code_of(writing, person_id)
        if choice is None or sent is None or not _holds(sent, visit.now):
            raise CannotSave("This code does not hold any more. Save your address to get another.")
        hashed = _hashed(visit, secret, choice.address, typed)
        matches = secrets.compare_digest(hashed, sent.code_hash)
        if matches:
            store.choose(writing, replace(choice, confirmed_at=visit.now))
        # A code is used up by its use, and by too many guesses.
        store.keep_code(
            writing, person_id, replace(sent, tries=MOST_TRIES if matches else sent.tries + 1)
        )
    if not matches:
        raise CannotSave("This is not the code that was sent. Look at the newest mail.")


def stop(visit: Visit) -> None:
    """Removes somebody's address; no mail is sent to them any more.

    Raises:
        Refused: the person has no role in any trust.
    """
    check_can(visit.person, Action.CHOOSE_NOTIFICATIONS)
    with visit.database.writing(visit.audit("stop notifications", _subject(visit))) as writing:
        store.forget(writing, visit.person.person_id)


def _holds(code: SentCode, now: datetime) -> bool:
    return now < code.expires_at and code.tries < MOST_TRIES


def _next_code(reading: Reading, visit: Visit, hashed: str) -> SentCode:
    """What is kept of a code that is about to be sent.

    Raises:
        CannotSave: too many were sent in a day. Nothing was changed.
    """
    last = store.code_of(reading, visit.person.person_id)
    same_day = last is not None and visit.now - last.counted_since < _A_DAY
    sent, since = (last.codes_sent, last.counted_since) if last and same_day else (0, visit.now)
    if sent >= MOST_CODES:
        raise CannotSave("Too many codes were sent today. Try again tomorrow.")
    return SentCode(hashed, visit.now + CODE_HOLDS, 0, sent + 1, since)


def _hashed(visit: Visit, secret: str, address: str, code: str) -> str:
    """The code as it is kept. It confirms no other address than the one that it was sent to."""
    about = f"{visit.person.person_id} {address} {code}".encode()
    return blake2b(about, key=secret.encode()[:64]).hexdigest()


def _send_code(address: str, code: str, post: Post) -> None:
    lines = (
        f"The code is {code}. Enter it on the page Notifications within an hour.",
        "If you did not ask for it, do nothing: no other mail will follow.",
    )
    try:
        post(Mail(address, "My expectations benchmark: confirm your address", lines))
    except NotSent as problem:
        raise CannotSave(f"{_NOT_SENT} {problem}") from problem


def _subject(visit: Visit) -> str:
    return f"person {visit.person.person_id}"
