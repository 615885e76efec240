"""What the voices said when a trust published: counts that peers are shown shares from."""

from collections import defaultdict
from collections.abc import Mapping

from benchmarking.answers import WHOLE_TRUST, AssessmentKey, State
from benchmarking.standard import Voice
from benchmarking.statistics.disclosure import Counts
from benchmarking.store.database import Reading, Writing

_COLUMNS = (
    *("organisation_id", "cycle_id", "revision"),
    *("voice", "standard_id", "item_id", "part", "out_of"),
)
Said = Mapping[tuple[Voice, str, str], Counts]


def add(writing: Writing, key: AssessmentKey, said: Said) -> None:
    """Adds what was said by voice, standard and item when a revision was published."""
    add_many(writing, {key: said})


def add_many(writing: Writing, published: Mapping[AssessmentKey, Said]) -> None:
    """Adds what was said when each of several revisions was published."""
    rows = [
        (
            *(key.organisation_id, key.cycle_id, key.revision),
            *(voice.value, standard_id, item_id, counts.part, counts.out_of),
        )
        for key, said in published.items()
        for (voice, standard_id, item_id), counts in said.items()
    ]
    writing.bulk("voice_board", _COLUMNS, rows)


def of_cycle(reading: Reading, cycle_id: str) -> Mapping[int, Said]:
    """What was said of each trust whose assessment is published, by the trust's number.

    Of several published revisions the newest counts.
    """
    rows = reading.rows(
        """
        SELECT b.organisation_id, b.voice, b.standard_id, b.item_id, b.part, b.out_of
        FROM voice_board b
        WHERE b.cycle_id = :cycle_id AND b.revision = (
            SELECT max(a.revision)
            FROM assessment a
            WHERE a.organisation_id = b.organisation_id AND a.cycle_id = b.cycle_id
                AND a.scope = :scope AND a.state = :published
        )
        ORDER BY b.organisation_id
        """,
        cycle_id=cycle_id,
        scope=WHOLE_TRUST,
        published=State.PUBLISHED.value,
    )
    found: dict[int, dict[tuple[Voice, str, str], Counts]] = defaultdict(dict)
    for row in rows:
        about = (Voice(row["voice"]), row["standard_id"], row["item_id"])
        found[row["organisation_id"]][about] = Counts(row["part"], row["out_of"])
    return found
