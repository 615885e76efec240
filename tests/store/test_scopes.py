"""Sites and directorates are kept with their trust, by an id that never changes."""

from benchmarking.answers import Scope, ScopeKind
from benchmarking.store import scopes
from benchmarking.store.database import Database
from tests.store.scene import LATER, audit

TRUST, OTHER = 1, 2


def add(database: Database, trust: int, kind: ScopeKind, name: str) -> str:
    with database.writing(audit()) as writing:
        return scopes.add(writing, trust, kind, name)


def test_ids_are_counted_within_a_trust(database: Database) -> None:
    named = [
        add(database, TRUST, ScopeKind.SITE, "North"),
        add(database, TRUST, ScopeKind.DIRECTORATE, "Surgery"),
        add(database, OTHER, ScopeKind.SITE, "Elsewhere"),
    ]
    assert named == ["site-1", "directorate-2", "site-1"]


def test_parts_come_in_the_order_of_their_names_and_only_those_of_the_trust(
    database: Database,
) -> None:
    for name in ("south", "North"):
        add(database, TRUST, ScopeKind.SITE, name)
    add(database, OTHER, ScopeKind.SITE, "Elsewhere")
    with database.reading() as reading:
        assert [part.name for part in scopes.of_trust(reading, TRUST)] == ["North", "south"]


def test_a_part_keeps_its_id_when_its_name_changes_or_it_ends(database: Database) -> None:
    scope = add(database, TRUST, ScopeKind.SITE, "North")
    with database.writing(audit()) as writing:
        assert scopes.change(writing, TRUST, scope, "Far north", LATER)
    with database.reading() as reading:
        found = scopes.find(reading, TRUST, scope)
    assert found == Scope(scope, ScopeKind.SITE, "Far north", LATER)


def test_a_part_of_another_trust_is_neither_found_nor_changed(database: Database) -> None:
    scope = add(database, TRUST, ScopeKind.SITE, "North")
    with database.writing(audit()) as writing:
        assert not scopes.change(writing, OTHER, scope, "Mine now", None)
    with database.reading() as reading:
        assert scopes.find(reading, OTHER, scope) is None
        assert scopes.find(reading, TRUST, scope) == Scope(scope, ScopeKind.SITE, "North")
