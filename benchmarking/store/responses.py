"""What people who complained answered: single answers, and the roll-up that is written with them.

Answers are only added. The roll-up is a table of waves (``statistics.disclosure.waves``): it is
carried on from each batch in the transaction that adds it, and ``rebuilt`` from all of them it is
the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from benchmarking.replies import SKIPPED, Reply, Way, agrees_from, read, written
from benchmarking.standard import Library, Standard
from benchmarking.statistics.disclosure import Counts, Pools, Waves
from benchmarking.store.database import Reading, Row, Writing

# The item that stands for the reply itself.
REPLY = 0
REPLY_GIVEN = 1

_ANSWERS = ("organisation_id", "period", "item", "answer", "sign", "batch")
_REPLIES = ("organisation_id", "period", "reply_key", "answers", "batch")
_WAVE = ("organisation_id", "period", "item", "way", "wave")
_COUNTS = ("part", "out_of")
_WAVES = (*_WAVE, *_COUNTS)
# The wave that waits to be full.
_WAITING = 0
_PLACE = "organisation_id = :organisation_id AND period = :period"


@dataclass(frozen=True, order=True)
class Place:
    """Whose replies, of which period."""

    organisation_id: int
    period: int


@dataclass(frozen=True)
class Correction:
    """A reply that is stored, and what it says now."""

    before: Reply
    after: Reply


Cell = tuple[Place, int]
# One cell's replies that came in one way.
_Pool = tuple[Cell, Way]


def period_of(reading: Reading, cycle_id: str) -> int | None:
    """The number of a cycle's period, None where nothing was ever asked in it."""
    return reading.value(
        "SELECT period FROM survey_period WHERE cycle_id = :cycle_id", cycle_id=cycle_id
    )


def period_for(writing: Writing, cycle_id: str) -> int:
    """The number of a cycle's period, given to it now where it has none."""
    known = period_of(writing, cycle_id)
    if known is not None:
        return known
    period = 1 + writing.value("SELECT coalesce(max(period), 0) FROM survey_period")
    writing.run(
        "INSERT INTO survey_period VALUES (:period, :cycle_id)", period=period, cycle_id=cycle_id
    )
    return period


def item_numbers(reading: Reading, standard_id: str) -> Mapping[str, int]:
    """The number of each survey item of a standard that was ever answered, by the item's id."""
    rows = reading.rows(
        "SELECT item_id, item FROM survey_item WHERE standard_id = :standard_id",
        standard_id=standard_id,
    )
    return {row["item_id"]: row["item"] for row in rows}


def numbers_for(writing: Writing, standard: Standard, library: Library) -> tuple[int, ...]:
    """The numbers of an instrument's items, in its order; those without one are given one now.

    Raises:
        ValueError: the standard has no survey.
    """
    survey = standard.complainant_survey
    if survey is None:
        raise ValueError(f"{standard.key} has no survey. Ask a standard that has one.")
    scale, known = library.scales[survey.scale], dict(item_numbers(writing, standard.id))
    free = 1 + writing.value("SELECT max(item) FROM survey_item")
    new = [item.id for item in survey.items if item.id not in known]
    numbered = {item_id: free + place for place, item_id in enumerate(new)}
    agrees, top = agrees_from(survey, scale), len(scale.valued)
    writing.bulk(
        "survey_item",
        ("item", "standard_id", "item_id", "agrees_from", "top"),
        [(number, standard.id, item_id, agrees, top) for item_id, number in numbered.items()],
    )
    return tuple((known | numbered)[item.id] for item in survey.items)


def begin_batch(
    writing: Writing, way: Way, standard: Standard, *, file_name: str = "", sha256: str = ""
) -> int:
    """The number of a new batch. One that came in here names no author and no hour."""
    batch = int(writing.value("SELECT nextval('survey_batch_number')"))
    here, at = way is Way.HERE, writing.audit.at
    writing.run(
        """
        INSERT INTO survey_batch
        VALUES (:batch, :way, :standard_id, :edition, :file_name, :sha256, :author, :at)
        """,
        batch=batch,
        way=way.value,
        standard_id=standard.id,
        edition=standard.edition,
        file_name=file_name,
        sha256=sha256,
        author=None if here else writing.audit.person_id,
        at=at.replace(hour=0, minute=0, second=0, microsecond=0) if here else at,
    )
    return batch


def known_replies(reading: Reading, place: Place) -> Mapping[str, Reply]:
    """The replies that a trust brought by file, by their keys."""
    rows = reading.rows(
        f"SELECT reply_key, answers FROM survey_reply WHERE {_PLACE}", **vars(place)
    )
    return {row["reply_key"]: Reply(row["reply_key"], read(row["answers"])) for row in rows}


def add_answers(
    writing: Writing, place: Place, batch: int, items: Sequence[int], replies: Sequence[Reply]
) -> None:
    """Adds the answers of new replies to a batch. ``count_in`` is still to be called.

    Args:
        place: whose they are.
        batch: of ``begin_batch``.
        items: the numbers of the instrument's items, in its order.
        replies: each with an answer for each of these items.
    """
    at = (place.organisation_id, place.period)
    rows = [
        (*at, item, answer, 1, batch)
        for reply in replies
        for item, answer in ((REPLY, REPLY_GIVEN), *zip(items, reply.answers, strict=True))
        if answer != SKIPPED
    ]
    writing.bulk("response", _ANSWERS, sorted(rows))


def keep_replies(writing: Writing, place: Place, batch: int, replies: Sequence[Reply]) -> None:
    """Remembers new replies of a file, so that they are known when they come again."""
    at = (place.organisation_id, place.period)
    rows = [(*at, reply.key, written(reply.answers), batch) for reply in replies]
    writing.bulk("survey_reply", _REPLIES, rows)


def correct_answers(
    writing: Writing,
    place: Place,
    batch: int,
    items: Sequence[int],
    corrections: Sequence[Correction],
) -> None:
    """Adds what corrected replies take back and say instead. ``count_in`` is still to be called."""
    at = (place.organisation_id, place.period)
    rows = [
        (*at, item, answer, sign, batch)
        for change in corrections
        for item, before, after in zip(
            items, change.before.answers, change.after.answers, strict=True
        )
        for answer, sign in ((before, -1), (after, 1))
        if before != after and answer != SKIPPED
    ]
    writing.bulk("response", _ANSWERS, sorted(rows))
    _correct_replies(writing, place, corrections)


def _correct_replies(writing: Writing, place: Place, corrections: Sequence[Correction]) -> None:
    """Writes down what corrected replies say now, all of them in one statement."""
    at = (place.organisation_id, place.period)
    rows = [(*at, change.after.key, written(change.after.answers)) for change in corrections]
    writing.bulk_change(
        "survey_reply", ("organisation_id", "period", "reply_key"), ("answers",), rows
    )


def count_in(writing: Writing, batch: int) -> None:
    """Carries the roll-up on by a batch: all that it changed in an item, at once."""
    changes = _changes(writing, "WHERE r.batch = :batch", batch=batch)
    before = _waves(writing, "WHERE " + _OF_BATCH, batch=batch)
    after = {pool: before.get(pool, Waves()).after(counts) for pool, counts in changes}
    _save(writing, before, after)


def count_all_in(writing: Writing) -> None:
    """Writes the roll-up of all answers where none is there yet: for what was made elsewhere."""
    _save(writing, {}, _rebuilt(writing))


def rebuilt(reading: Reading) -> Mapping[Cell, Pools]:
    """The roll-up worked out anew from every answer, by place and item."""
    return _together(_rebuilt(reading))


def stored(reading: Reading) -> Mapping[Cell, Pools]:
    """The whole roll-up as it is stored, by place and item."""
    return _together(_waves(reading))


def waves_of(reading: Reading, place: Place) -> Mapping[int, Pools]:
    """The roll-up of one trust in one period, by the number of the item."""
    found = _together(_waves(reading, f"WHERE {_PLACE}", **vars(place)))
    return {item: pools for (_, item), pools in found.items()}


def waves_in(reading: Reading, period: int) -> Mapping[Cell, Pools]:
    """The roll-up of every trust in one period."""
    return _together(_waves(reading, "WHERE period = :period", period=period))


def _rebuilt(reading: Reading) -> dict[_Pool, Waves]:
    found: dict[_Pool, Waves] = {}
    for pool, counts in _changes(reading):
        found[pool] = found.get(pool, Waves()).after(counts)
    return found


def _together(found: Mapping[_Pool, Waves]) -> dict[Cell, Pools]:
    nothing = Waves()
    return {
        cell: Pools(found.get((cell, Way.ELSEWHERE), nothing), found.get((cell, Way.HERE), nothing))
        for cell, _ in found
    }


_OF_BATCH = """
    (organisation_id, period) IN (
        SELECT DISTINCT organisation_id, period FROM response WHERE batch = :batch
    )
    """


def _changes(reading: Reading, where: str = "", **values: object) -> Iterable[tuple[_Pool, Counts]]:
    """By how much each batch changed each item, in the order of batches."""
    rows = reading.rows(
        f"""
        SELECT c.*, coalesce(b.way, 'elsewhere') AS way
        FROM (
            SELECT r.batch, r.organisation_id, r.period, r.item,
                CAST(sum(CASE WHEN r.answer BETWEEN i.agrees_from AND i.top THEN r.sign ELSE 0 END)
                    AS INTEGER) AS part,
                CAST(sum(CASE WHEN r.answer <= i.top THEN r.sign ELSE 0 END) AS INTEGER) AS out_of
            FROM response r
            JOIN survey_item i ON i.item = r.item
            {where}
            GROUP BY r.batch, r.organisation_id, r.period, r.item
        ) c
        LEFT JOIN survey_batch b ON b.batch = c.batch
        ORDER BY c.batch
        """,
        **values,
    )
    return [((_cell(row), Way(row["way"])), Counts(row["part"], row["out_of"])) for row in rows]


def _waves(reading: Reading, where: str = "", **values: object) -> dict[_Pool, Waves]:
    rows = reading.rows(
        f"""
        SELECT {", ".join(_WAVES)}
        FROM response_wave
        {where}
        ORDER BY organisation_id, period, item, way, wave
        """,
        **values,
    )
    full: dict[_Pool, list[Counts]] = defaultdict(list)
    waiting: dict[_Pool, Counts] = {}
    for row in rows:
        counts = Counts(row["part"], row["out_of"])
        pool = (_cell(row), Way(row["way"]))
        if row["wave"] == _WAITING:
            waiting[pool] = counts
        else:
            full[pool].append(counts)
    return {pool: Waves(tuple(full[pool]), counts) for pool, counts in waiting.items()}


def _save(writing: Writing, before: Mapping[_Pool, Waves], after: Mapping[_Pool, Waves]) -> None:
    """Adds the waves that are full now, and writes down anew what waits."""
    rows: list[tuple[object, ...]] = []
    waiting: list[tuple[object, ...]] = []
    for pool, waves in after.items():
        settled = before[pool].full if pool in before else ()
        new = enumerate(waves.full[len(settled) :], start=len(settled) + 1)
        rows += [_row(pool, wave, counts) for wave, counts in new]
        if pool not in before:
            rows.append(_row(pool, _WAITING, waves.waiting))
        elif waves.waiting != before[pool].waiting:
            waiting.append(_row(pool, _WAITING, waves.waiting))
    writing.bulk("response_wave", _WAVES, rows)
    writing.bulk_change("response_wave", _WAVE, _COUNTS, waiting)


def _row(pool: _Pool, wave: int, counts: Counts) -> tuple[object, ...]:
    (place, item), way = pool
    at = (place.organisation_id, place.period, item, way.value)
    return (*at, wave, counts.part, counts.out_of)


def _cell(row: Row) -> Cell:
    return Place(row["organisation_id"], row["period"]), row["item"]
