"""Denied access: somebody who is signed in asked for what they may not see or do.

Strangers are left out. There is nobody to name, and whoever can reach the server could fill the
audit and make others wait to write, page load by page load. What strangers ask for stands in the
log of the server in front. For the same reason one person's refusals of one kind are noted once a
minute at most.
"""

from datetime import timedelta

from benchmarking import events
from benchmarking.access import Refused
from benchmarking.store import audit
from benchmarking.store.audit_actions import DENIED_ACCESS
from benchmarking.store.database import StoreError
from benchmarking.visit import Visit

AT_MOST_ONCE_IN = timedelta(minutes=1)
_NO_TRUST = "no trust in particular"
_NOT_NAMED = "something that has no name in the table of roles"


def note(asking: Visit, told: Exception) -> bool:
    """Notes in the audit that somebody was refused; whether there is a new entry.

    Asks no permission: it follows where one was refused. What could not be noted is logged, and
    the person is refused all the same.

    Args:
        asking: who asked, and when.
        told: what they were told. Only a refusal is noted, so that callers can hand in whatever
            they caught.
    """
    if not isinstance(told, Refused) or asking.person.is_stranger:
        return False
    action = told.action.value if told.action else _NOT_NAMED
    try:
        return _write(asking, action, told.trust or _NO_TRUST)
    except StoreError as error:
        events.alarm("denied access not noted", person=asking.person.person_id, why=error)
        return False


def _write(asking: Visit, action: str, trust: str) -> bool:
    who = (asking.person.person_id, DENIED_ACCESS, action, asking.now, AT_MOST_ONCE_IN)
    # Asked before it is written, too: a hundred clicks must not make others wait to write.
    with asking.database.reading() as reading:
        if audit.how_often(reading, *who):
            return False
    with asking.database.writing(asking.audit(DENIED_ACCESS, trust, action)) as writing:
        is_first = audit.how_often(writing, *who) == 1
        if not is_first:
            writing.give_up()
    if is_first:
        person = asking.person.person_id
        events.warn("denied access", person=person, action=action, trust=trust)
    return is_first
