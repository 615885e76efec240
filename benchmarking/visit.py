"""Who asks, of which database and standards, at what moment: what every use case is given."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from benchmarking.access import Person
from benchmarking.moments import local
from benchmarking.standard import Library
from benchmarking.store import changes
from benchmarking.store.changes import Stand
from benchmarking.store.database import AuditEntry, Database
from benchmarking.store.evidence_files import NOWHERE, FileStore


@dataclass(frozen=True)
class Visit:
    """One person's request at one moment. ``now`` is UTC without a zone, as stored.

    ``files`` is where evidence files lie. ``confirmed`` marks texts that the person was asked
    about and saves all the same (``free_text``).
    """

    person: Person
    database: Database
    library: Library
    now: datetime
    files: FileStore = NOWHERE
    confirmed: str = ""
    _stand: Stand | None = field(default=None, repr=False, compare=False)

    def by(self, person: Person) -> "Visit":
        """The same request, once it is known whose it is."""
        return replace(self, person=person, _stand=self.stand)

    def confirming(self, mark: str) -> "Visit":
        """The same request, once the person has confirmed what was asked about some texts."""
        return replace(self, confirmed=mark)

    @property
    def today(self) -> date:
        """The day it is in London."""
        return local(self.now).date()

    @property
    def stand(self) -> Stand:
        """How far the database had come when first asked; part of every cache key."""
        if self._stand is None:
            # Not a cached property: until Python 3.12 all visits would wait for one lock.
            object.__setattr__(self, "_stand", changes.now(self.database))
        assert self._stand is not None
        return self._stand

    def audit(self, action: str, subject: str, detail: str = "") -> AuditEntry:
        """The audit entry of something this person does now."""
        return AuditEntry(self.person.person_id, action, subject, self.now, detail)
