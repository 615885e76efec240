"""The record of published editions: what each said on the day it was published.

A published edition is never edited, and neither is a scale it uses: saved answers name the
words they were given to. ``standards/published_editions.yaml`` keeps a hash of each.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarking.frozen import Frozen
from benchmarking.standard.faults import StandardFault, StandardsError
from benchmarking.standard.loader import PUBLISHED, content_hash, file_label
from benchmarking.standard.model import AnswerScale, Library
from benchmarking.standard.shape import shaped
from benchmarking.standard.strict_yaml import read

_HEAD = """\
# What each published edition, and each answer scale that one uses, said on the day it was
# published. Written by: python -m benchmarking standards record <standard id>/<edition>
# A published edition is never edited; a correction is a new edition. See README.md.
"""


class PublishedEditions(Frozen):
    """Content hashes: of editions by ``<standard id>/<edition>``, of answer scales by id."""

    editions: Mapping[str, str] = {}
    answer_scales: Mapping[str, str] = {}


class NotRecorded(Exception):
    """An edition cannot be recorded; the text says why and what to do."""


def published_editions(folder: Path) -> PublishedEditions:
    """What the record in a folder holds; nothing where there is none yet.

    Raises:
        StandardsError: the record cannot be read.
    """
    if not (folder / PUBLISHED).exists():
        return PublishedEditions()
    reading = read(folder / PUBLISHED, file_label(folder, PUBLISHED))
    if reading.faults:
        raise StandardsError(reading.faults)
    record, faults = shaped(reading, PublishedEditions)
    if record is None:
        raise StandardsError(faults)
    return record


def scale_hash(scale: AnswerScale) -> str:
    """SHA-256 of what an answer scale says."""
    # Without defaults, so that a key added to the format later does not change it.
    return content_hash(scale.model_dump(mode="json", exclude_defaults=True))


def faults_of_published(folder: Path, library: Library) -> Iterator[StandardFault]:
    """A fault for each published edition or scale that was edited or removed since.

    Raises:
        StandardsError: the record cannot be read.
    """
    record, label = published_editions(folder), file_label(folder, PUBLISHED)
    scales = {name: scale_hash(scale) for name, scale in library.scales.items()}
    for what, then, now in (
        ("edition", record.editions, library.hashes),
        ("answer scale", record.answer_scales, scales),
    ):
        for name, said in then.items():
            if now.get(name) != said:
                done = "has been edited since it was published" if name in now else "is gone"
                problem = f"the {what} {name} {done}"
                remedy = f"Put it back as it was, and make your change in a new {what}"
                yield StandardFault(label, None, problem, remedy)


def record_edition(folder: Path, library: Library, key: str) -> None:
    """Notes an edition, and the scales it uses, as published with what they say now.

    Raises:
        NotRecorded: there is no such edition, or it was published with other words.
        StandardsError: the record cannot be read.
    """
    standard = next((one for one in library.standards if one.key == key), None)
    if standard is None:
        known = ", ".join(sorted(library.hashes))
        raise NotRecorded(f"There is no edition {key}. There are: {known}.")
    record = published_editions(folder)
    editions = _with(record.editions, key, library.content_hash(standard))
    scales = record.answer_scales
    for scale in library.scales_of(standard):
        scales = _with(scales, scale.id, scale_hash(scale))
    _write(folder / PUBLISHED, {"editions": editions, "answer_scales": scales})


def _with(recorded: Mapping[str, str], name: str, said: str) -> Mapping[str, str]:
    if recorded.get(name, said) != said:
        raise NotRecorded(
            f"{name} is published already and says something else now. A published text is "
            "never edited: put it back as it was, and make your change under a new name."
        )
    return {**recorded, name: said}


def _write(path: Path, record: Mapping[str, Mapping[str, str]]) -> None:
    lines = [_HEAD]
    for title, hashes in record.items():
        lines += [f"\n{title}:\n"]
        lines += [f'  {name}: "{said}"\n' for name, said in sorted(hashes.items())]
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text("".join(lines), encoding="utf-8", newline="\n")
    fresh.replace(path)
