"""Loads everything in ``standards/``, or says everything that is wrong with it."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Generic

from benchmarking.standard.edition_checks import Shelf, faults_of_edition
from benchmarking.standard.faults import StandardFault, StandardsError
from benchmarking.standard.model import Library, RatingScheme, ScaleLibrary, Standard
from benchmarking.standard.reading import Reading
from benchmarking.standard.scale_checks import faults_of_scales, faults_of_scheme, scale_facts
from benchmarking.standard.shape import Shape, shaped
from benchmarking.standard.strict_yaml import read

SCALES = Path("answer_scales.yaml")
SCHEMES = Path("rating_schemes")
PUBLISHED = Path("published_editions.yaml")


@dataclass(frozen=True)
class _Loaded(Generic[Shape]):
    """One file: where it lies in the folder, what it says, and its value if it has its shape."""

    path: Path
    reading: Reading
    value: Shape | None
    faults: tuple[StandardFault, ...]


def load_library(folder: Path) -> Library:
    """The standards, answer scales and rating schemes of a folder laid out like ``standards/``.

    Raises:
        StandardsError: with every fault of every file.
    """
    found = _find(folder)
    scales = _load(folder, SCALES, ScaleLibrary)
    in_schemes = [path for path in found if path.parent == SCHEMES]
    schemes = [_load(folder, path, RatingScheme) for path in in_schemes]
    elsewhere = [path for path in found if path.parent != SCHEMES]
    editions = [_load(folder, path, Standard) for path in elsewhere]
    faults = [
        *_wrong_suffix(folder),
        *(fault for file in [scales, *schemes, *editions] for fault in file.faults),
        *_misplaced(folder, schemes, editions),
        *_between(scales, schemes, editions),
    ]
    if faults or scales.value is None:
        raise StandardsError(faults)
    return _library(scales.value, schemes, editions)


def file_label(folder: Path, path: Path) -> str:
    """What faults call a file: ``standards/my-expectations/2014.1.yaml``."""
    return f"{folder.resolve().name}/{path.as_posix()}"


def content_hash(content: Mapping[str, Any]) -> str:
    """SHA-256 of what a file says, whatever its comments, line endings and order of keys."""
    canonical = json.dumps(
        content,
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
        default=date.isoformat,
    )
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def _find(folder: Path) -> list[Path]:
    """The files of schemes and editions, as paths inside the folder."""
    if not folder.is_dir():
        remedy = f"Name a folder that holds {SCALES}"
        raise StandardsError([StandardFault(str(folder), None, "there is no such folder", remedy)])
    return [path for path in _visible(folder, ".yaml") if path not in (SCALES, PUBLISHED)]


def _visible(folder: Path, suffix: str) -> list[Path]:
    paths = sorted(path.relative_to(folder) for path in folder.rglob(f"*{suffix}"))
    return [path for path in paths if not any(part.startswith(".") for part in path.parts)]


def _load(folder: Path, path: Path, model: type[Shape]) -> _Loaded[Shape]:
    reading = read(folder / path, file_label(folder, path))
    if not reading.is_complete:
        return _Loaded(path, reading, None, reading.faults)
    value, wrong = shaped(reading, model)
    return _Loaded(path, reading, value, (*reading.faults, *wrong))


def _wrong_suffix(folder: Path) -> Iterator[StandardFault]:
    for path in _visible(folder, ".yml"):
        remedy = f"Rename it to {path.with_suffix('.yaml').name}"
        yield StandardFault(file_label(folder, path), None, "nobody reads a .yml file", remedy)


def _misplaced(
    folder: Path,
    schemes: Iterable[_Loaded[RatingScheme]],
    editions: Iterable[_Loaded[Standard]],
) -> Iterator[StandardFault]:
    """Faults of files that lie elsewhere than what they say of themselves."""
    for scheme in schemes:
        yield from _must_be(scheme.reading, "id", scheme.path.stem, "rename the file")
    for edition in editions:
        reading, path = edition.reading, edition.path
        if len(path.parts) == 2:
            yield from _must_be(reading, "id", path.parts[0], "move the file to that folder")
            yield from _must_be(reading, "edition", path.stem, "rename the file")
        else:
            remedy = f"Move it to {folder.resolve().name}/<its id>/<its edition>.yaml"
            yield StandardFault(reading.file, None, "an edition does not belong here", remedy)


def _must_be(reading: Reading, key: str, named: str, otherwise: str) -> Iterator[StandardFault]:
    for where, said in reading.texts(key):
        if said != named:
            problem = f"the {key} is {said}, but the file is found under {named}"
            yield reading.fault(where, problem, f'Write {key}: "{named}", or {otherwise}')


def _between(
    scales: _Loaded[ScaleLibrary],
    schemes: Iterable[_Loaded[RatingScheme]],
    editions: Iterable[_Loaded[Standard]],
) -> Iterator[StandardFault]:
    """Faults beyond the shape of each file."""
    facts = scale_facts(scales.reading) if scales.reading.is_complete else None
    if facts is not None:
        yield from faults_of_scales(scales.reading)
    for scheme in schemes:
        yield from faults_of_scheme(scheme.reading, facts)
    rated = {file.path.stem: next(file.reading.texts("scale"), None) for file in schemes}
    shelf = Shelf(facts, {name: found and found[1] for name, found in rated.items()})
    for edition in editions:
        yield from faults_of_edition(edition.reading, shelf)


def _library(
    scales: ScaleLibrary,
    schemes: Iterable[_Loaded[RatingScheme]],
    editions: Iterable[_Loaded[Standard]],
) -> Library:
    return Library(
        standards=tuple(file.value for file in editions if file.value),
        hashes={
            file.value.key: content_hash(file.reading.content) for file in editions if file.value
        },
        scales={scale.id: scale for scale in scales.answer_scales},
        schemes={file.value.id: file.value for file in schemes if file.value},
    )
