"""One fictional trust with a site and a directorate that assess themselves, too."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from benchmarking.access import Role
from benchmarking.answers import ScopeKind, State
from benchmarking.demonstration import people
from benchmarking.demonstration.trusts import DemonstrationTrust, demonstration_trusts
from benchmarking.store import scopes
from benchmarking.store.database import Writing

TRUST = "DEMO-28"


@dataclass(frozen=True)
class DemonstrationPart:
    """A part of a fictional trust. It claims what the trust in another row of the list claims."""

    scope_id: str
    kind: ScopeKind
    name: str
    claims_of_row: int
    states: tuple[State | None, State | None, State | None]


PARTS = (
    DemonstrationPart(
        "site-1",
        ScopeKind.SITE,
        "Fennel Street Hospital",
        40,
        (None, State.PUBLISHED, State.IN_PROGRESS),
    ),
    DemonstrationPart(
        "directorate-2",
        ScopeKind.DIRECTORATE,
        "Women and children",
        17,
        (None, None, State.IN_PROGRESS),
    ),
)


def add(writing: Writing, person_ids: Mapping[str, int]) -> None:
    """Names the parts, in the name of the trust lead."""
    trust = _trust().organisation.organisation_id
    lead = person_ids[people.title(Role.TRUST_LEAD, TRUST)]
    writing.bulk(
        "trust_scope",
        scopes.COLUMNS,
        [(trust, p.scope_id, p.kind.value, p.name, lead, writing.audit.at) for p in PARTS],
    )


def trusts_of_parts() -> Iterator[tuple[DemonstrationTrust, DemonstrationPart]]:
    """Each part with its trust, which has the states of the part."""
    for part in PARTS:
        yield replace(_trust(), states=part.states), part


def _trust() -> DemonstrationTrust:
    return next(trust for trust in demonstration_trusts() if trust.code == TRUST)
