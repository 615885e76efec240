"""Examples of good practice that trusts offer, and what other trusts did with them.

Each change names the revision it read. Where somebody saved in between, the function says so
and nothing of the transaction is kept.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

from benchmarking.answers import ItemKey
from benchmarking.store.database import Reading, Row, Writing

# What may be removed in time, by table.
_WITHDRAWN = {
    "practice_use": "ended_at < :before",
    "practice_example": (
        "withdrawn_at < :before AND example_id NOT IN (SELECT example_id FROM practice_use)"
    ),
}


class Stage(StrEnum):
    """How far another trust has come with an example."""

    TRYING = "trying"
    USING = "using"


@dataclass(frozen=True)
class Account:
    """What a trust tells about what it does well. ``contact_role`` names no person."""

    title: str
    what_we_do: str
    what_it_took: str = ""
    what_changed: str = ""
    contact_role: str = ""
    link: str = ""


@dataclass(frozen=True)
class Level:
    """What a trust's evidence reached in one published cycle: an answer of the scale."""

    cycle_id: str
    choice: str


@dataclass(frozen=True)
class Example:
    """One example as its trust offered it. ``level`` is what it stood on then; times are UTC."""

    example_id: int
    organisation_id: int
    item: ItemKey
    level: Level
    account: Account
    example_revision: int
    offered_at: datetime
    saved_at: datetime
    withdrawn_at: datetime | None = None


@dataclass(frozen=True)
class Use:
    """What another trust does with an example. ``helpful`` is None while nobody has said."""

    use_id: int
    example_id: int
    organisation_id: int
    stage: Stage
    happened: str
    helpful: bool | None
    use_revision: int
    began_at: datetime
    saved_at: datetime


@dataclass(frozen=True)
class Said:
    """How far a trust has come with an example, and what happened."""

    stage: Stage
    happened: str = ""
    helpful: bool | None = None


def offer(
    writing: Writing, organisation_id: int, item: ItemKey, level: Level, account: Account
) -> int:
    """Offers an example of a trust now, in the name of who writes; its number."""
    now = writing.audit.at
    offered = Example(0, organisation_id, item, level, account, 1, now, now)
    return add_example(writing, offered, writing.audit.person_id)


def add_example(writing: Writing, example: Example, author_id: int) -> int:
    """Adds an example in somebody's name and at its times; the number that it is given."""
    number = int(writing.value("SELECT nextval('practice_example_number')"))
    writing.run(
        """
        INSERT INTO practice_example (
            example_id, organisation_id, standard_id, item_id, cycle_id, choice,
            title, what_we_do, what_it_took, what_changed, contact_role, link,
            example_revision, author_id, offered_at, saved_at
        )
        VALUES (
            :number, :organisation_id, :standard_id, :item_id, :cycle_id, :choice,
            :title, :what_we_do, :what_it_took, :what_changed, :contact_role, :link,
            :example_revision, :author_id, :offered_at, :saved_at
        )
        """,
        number=number,
        organisation_id=example.organisation_id,
        example_revision=example.example_revision,
        author_id=author_id,
        offered_at=example.offered_at,
        saved_at=example.saved_at,
        **asdict(example.item),
        **asdict(example.level),
        **asdict(example.account),
    )
    return number


def correct(
    writing: Writing, example_id: int, level: Level, account: Account, read_revision: int
) -> bool:
    """Tells an offered example anew, over the revision that was read; whether it did."""
    return writing.change_one(
        """
        UPDATE practice_example
        SET cycle_id = :cycle_id, choice = :choice, title = :title, what_we_do = :what_we_do,
            what_it_took = :what_it_took, what_changed = :what_changed,
            contact_role = :contact_role, link = :link,
            example_revision = example_revision + 1, author_id = :person_id, saved_at = :now
        WHERE example_id = :example_id AND example_revision = :read_revision
            AND withdrawn_at IS NULL
        """,
        example_id=example_id,
        read_revision=read_revision,
        person_id=writing.audit.person_id,
        now=writing.audit.at,
        **asdict(level),
        **asdict(account),
    )


def withdraw(writing: Writing, example_id: int) -> bool:
    """Withdraws an example that is offered; whether there was one. Its row stays."""
    return writing.change_one(
        """
        UPDATE practice_example
        SET withdrawn_at = :now, saved_at = :now, author_id = :person_id
        WHERE example_id = :example_id AND withdrawn_at IS NULL
        """,
        example_id=example_id,
        now=writing.audit.at,
        person_id=writing.audit.person_id,
    )


def begin_use(writing: Writing, example_id: int, organisation_id: int, stage: Stage) -> int:
    """Notes that a trust uses an example from now on; the number of the use."""
    now = writing.audit.at
    began = Use(0, example_id, organisation_id, stage, "", None, 1, now, now)
    return add_use(writing, began, writing.audit.person_id)


def add_use(writing: Writing, use: Use, author_id: int) -> int:
    """Adds a use in somebody's name and at its times; the number that it is given."""
    number = int(writing.value("SELECT nextval('practice_use_number')"))
    writing.run(
        """
        INSERT INTO practice_use (
            use_id, example_id, organisation_id, stage, happened, helpful, use_revision,
            author_id, began_at, saved_at
        )
        VALUES (
            :number, :example_id, :organisation_id, :stage, :happened, :helpful, :use_revision,
            :author_id, :began_at, :saved_at
        )
        """,
        number=number,
        author_id=author_id,
        **{name: value for name, value in asdict(use).items() if name not in ("use_id", "stage")},
        stage=use.stage.value,
    )
    return number


def tell(writing: Writing, use_id: int, said: Said, read_revision: int) -> bool:
    """Says how far a trust has come and what happened, over what was read; whether it did."""
    return writing.change_one(
        """
        UPDATE practice_use
        SET stage = :stage, happened = :happened, helpful = :helpful,
            use_revision = use_revision + 1, author_id = :person_id, saved_at = :now
        WHERE use_id = :use_id AND use_revision = :read_revision AND ended_at IS NULL
        """,
        use_id=use_id,
        stage=said.stage.value,
        happened=said.happened,
        helpful=said.helpful,
        read_revision=read_revision,
        person_id=writing.audit.person_id,
        now=writing.audit.at,
    )


def end_use(writing: Writing, use_id: int) -> bool:
    """Ends a use that lasts; whether there was one. Its row stays."""
    return writing.change_one(
        """
        UPDATE practice_use
        SET ended_at = :now, saved_at = :now, author_id = :person_id
        WHERE use_id = :use_id AND ended_at IS NULL
        """,
        use_id=use_id,
        now=writing.audit.at,
        person_id=writing.audit.person_id,
    )


def examples(reading: Reading) -> tuple[Example, ...]:
    """All examples, those that were withdrawn among them, in the order they were offered."""
    rows = reading.rows(
        """
        SELECT example_id, organisation_id, standard_id, item_id, cycle_id, choice,
            title, what_we_do, what_it_took, what_changed, contact_role, link,
            example_revision, offered_at, saved_at, withdrawn_at
        FROM practice_example
        ORDER BY example_id
        """
    )
    return tuple(_example(row) for row in rows)


def uses(reading: Reading) -> tuple[Use, ...]:
    """All uses that last, in the order they began."""
    rows = reading.rows(
        """
        SELECT use_id, example_id, organisation_id, stage, happened, helpful, use_revision,
            began_at, saved_at
        FROM practice_use
        WHERE ended_at IS NULL
        ORDER BY use_id
        """
    )
    return tuple(Use(**{**row, "stage": Stage(row["stage"])}) for row in rows)


def withdrawn(reading: Reading, table: str, before: datetime) -> tuple[tuple[int, str, int], ...]:
    """(number, code, rows) of each trust with rows that were withdrawn before a moment.

    An example stays while any trust's mark on it is kept.

    Args:
        reading: where from.
        table: ``practice_example`` or ``practice_use``.
        before: the moment.
    """
    rows = reading.rows(
        f"""
        SELECT p.organisation_id, o.code, count(*) AS found
        FROM {table} p
        JOIN organisation o ON o.organisation_id = p.organisation_id
        WHERE {_WITHDRAWN[table]}
        GROUP BY p.organisation_id, o.code
        ORDER BY o.code
        """,
        before=before,
    )
    return tuple((row["organisation_id"], row["code"], int(row["found"])) for row in rows)


def remove(writing: Writing, table: str, organisation_id: int, before: datetime) -> int:
    """Removes a trust's rows that were withdrawn before a moment; how many."""
    return writing.run(
        f"DELETE FROM {table} WHERE organisation_id = :organisation_id AND {_WITHDRAWN[table]}",
        organisation_id=organisation_id,
        before=before,
    )


def _example(row: Row) -> Example:
    account = Account(**{name: row[name] for name in Account.__dataclass_fields__})
    return Example(
        row["example_id"],
        row["organisation_id"],
        ItemKey(row["standard_id"], row["item_id"]),
        Level(row["cycle_id"], row["choice"]),
        account,
        row["example_revision"],
        row["offered_at"],
        row["saved_at"],
        row["withdrawn_at"],
    )
