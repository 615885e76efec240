"""``standards``: checks the standards, prints their schema, records what is published."""

import json
from collections.abc import Iterator
from pathlib import Path

import click

from benchmarking.settings import ROOT
from benchmarking.standard import (
    Library,
    Standard,
    StandardFault,
    StandardsError,
    WordingStatus,
    edition_schema,
    load_library,
)
from benchmarking.standard.loader import SCALES
from benchmarking.standard.published import (
    NotRecorded,
    faults_of_published,
    published_editions,
    record_edition,
)

SHIPPED = ROOT / "standards"
_OURS = (WordingStatus.OWN, WordingStatus.PARAPHRASE)


@click.group()
def standards() -> None:
    """Check, describe and record the standards in standards/."""


@standards.command()
@click.argument("path", type=click.Path(path_type=Path), default=SHIPPED)
def check(path: Path) -> None:
    """Check every file of a folder like standards/, or one file in it.

    Ends with 0 and a summary of each edition; or with 1 and every fault, one a line.
    """
    folder = _folder_of(path)
    try:
        library = load_library(folder)
        faults = tuple(faults_of_published(folder, library))
    except StandardsError as error:
        library, faults = None, error.faults
    shown = [fault for fault in faults if not path.is_file() or _is_about(fault, folder, path)]
    if shown:
        click.echo("\n".join(str(fault) for fault in shown), err=True)
        raise SystemExit(1)
    if library is None:
        click.echo(f"No fault in {path.name}; other files in {folder.name}/ have some.")
        return
    recorded = published_editions(folder).editions
    for standard in library.standards:
        click.echo(_summary(library, standard, standard.key in recorded))


@standards.command()
def schema() -> None:
    """Print the JSON Schema of an edition file, for editors."""
    click.echo(json.dumps(edition_schema(), indent=2, ensure_ascii=False))


@standards.command()
@click.argument("edition")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=SHIPPED,
    help="The folder of the standards.",
)
def record(edition: str, folder: Path) -> None:
    """Record EDITION, such as my-expectations/2014.1, as published with what it says now."""
    try:
        record_edition(folder, load_library(folder), edition)
    except (StandardsError, NotRecorded) as error:
        click.echo(str(error), err=True)
        raise SystemExit(1) from None
    click.echo(f"{edition} is recorded as published. From now on it is not edited.")


def _folder_of(path: Path) -> Path:
    """The folder of standards that a path names or lies in."""
    if not path.is_file():
        return path
    for folder in path.resolve().parents:
        if (folder / SCALES).is_file():
            return folder
    click.echo(
        f"{path}: there is no {SCALES} beside it or above it, so its answers cannot be checked. "
        "Put the file into a folder like standards/.",
        err=True,
    )
    raise SystemExit(1)


def _is_about(fault: StandardFault, folder: Path, path: Path) -> bool:
    inside = path.resolve().relative_to(folder.resolve()).as_posix()
    return fault.file == f"{folder.resolve().name}/{inside}"


def _summary(library: Library, standard: Standard, is_recorded: bool) -> str:
    """What the check says of one edition, on several lines."""
    count = ", ".join(f"{what}: {many}" for what, many in _counts(standard))
    state = "published and unchanged" if is_recorded else "not yet recorded as published"
    lines = [
        f"{standard.key}: {standard.title}",
        f"  {count}; {state}; content {library.content_hash(standard)[:12]}",
    ]
    if standard.unconfirmed:
        said = ", ".join(standard.unconfirmed)
        lines.append(f"  wording not yet checked against the publication: {said}")
    if unchecked := _ours_unchecked(standard):
        said = ", ".join(unchecked)
        lines.append(f"  our own words, not yet checked against their source: {said}")
    return "\n".join(lines)


def _counts(standard: Standard) -> Iterator[tuple[str, int]]:
    yield "stages", len(standard.stages)
    yield "statements and items", len(standard.statements)
    if standard.complainant_survey is not None:
        yield "survey items", len(standard.complainant_survey.items)
    if standard.file_review is not None:
        yield "file-review items", len(standard.file_review.items)


def _ours_unchecked(standard: Standard) -> list[str]:
    """Ids of the statements in our words that nobody has compared with their source."""
    return [
        statement.id
        for statement in standard.statements
        if statement.wording.status in _OURS and statement.wording.checked_on is None
    ]
