"""Reads one YAML file, more strictly than YAML does.

No duplicate keys, aliases, tags or second document; no size or depth that could hurt. A
value that YAML readers would change (``No``, ``010``, ``1e5``) stays what was written,
marked as ``NotText``: the shape of the file decides whether that is a fault, so that
numbers, true, false and dates are still possible where they are meant.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from benchmarking.standard.faults import StandardFault
from benchmarking.standard.reading import NotText, Reading, Where

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 20

# The C parser, where PyYAML was built with it, is about ten times as fast.
_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESOLVER = yaml.resolver.Resolver()
_TEXT_TAG = "tag:yaml.org,2002:str"
_NULLS = ("", "~", "null", "Null", "NULL")
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,14})")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,14})\.[0-9]{1,15}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Text to this parser, but not to every YAML reader an author's editor may use.
_CHANGED_ELSEWHERE = re.compile(r"[yYnN]|[-+]?[0-9]+(\.[0-9]*)?[eE][-+]?[0-9]+|0o[0-7]+")
_UNSHOWABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)


def read(path: Path, file: str) -> Reading:
    """One YAML file as plain values; ``file`` is what faults call it.

    Never raises for what the file holds: what is wrong stands in the reading's faults.
    """
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        remedy = "Add it: standards/README.md says what it holds"
        return _unread(file, None, "the file is missing", remedy)
    except OSError as error:
        why = error.strerror or "no reason given"
        return _unread(file, None, f"the file cannot be opened ({why})", "Make it readable")
    if len(raw) > MAX_BYTES:
        return _unread(file, None, "the file is larger than 1 MB", "Split it or shorten it")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return _unread(file, line, "the file is not UTF-8 text", "Save it with encoding UTF-8")
    if unshowable := _UNSHOWABLE.search(text):
        line = text.count("\n", 0, unshowable.start()) + 1
        return _unread(file, line, "there is a character that cannot be shown", "Take it out")
    return _Reader(file).read(text)


def in_quotes(written: str) -> str:
    """The remedy for a text that needs quotes."""
    return f'Put it in quotes: "{written}"'


def _unread(file: str, line: int | None, problem: str, remedy: str) -> Reading:
    fault = StandardFault(file, line, problem, remedy)
    return Reading(file, None, {}, {}, frozenset(), (fault,))


def _plain(text: str) -> str | int | float | bool | date | NotText | None:
    """What a value without quotes means."""
    if text in _NULLS:
        return None
    if text in ("true", "false"):
        return text == "true"
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    if _DAY.fullmatch(text):
        return _day(text)
    is_text = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False)) == _TEXT_TAG
    return text if is_text and not _CHANGED_ELSEWHERE.fullmatch(text) else NotText(text)


def _day(text: str) -> date | NotText:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return NotText(text)


class _Stop(Exception):
    """The rest of the file is not worth reading; the fault has been noted."""


class _Reader:
    """Builds plain values from the parser's events.

    Works on events because YAML's own builder resolves aliases, keeps the last of two equal
    keys and recurses without limit.
    """

    def __init__(self, file: str):
        self._file = file
        self._events: Iterator[Any] = iter(())
        self._lines: dict[Where, int] = {}
        self._written: dict[Where, str] = {}
        self._refused: set[Where] = set()
        self._faults: list[StandardFault] = []

    def read(self, text: str) -> Reading:
        self._events = iter(yaml.parse(text, Loader=_PARSER))
        try:
            content = self._document()
        except yaml.YAMLError as error:
            self._not_yaml(error)
            content = None
        except _Stop:
            content = None
        return Reading(
            self._file,
            content,
            self._lines,
            self._written,
            frozenset(self._refused),
            tuple(self._faults),
        )

    def _fault(self, event: Any, problem: str, remedy: str) -> None:
        line = event.start_mark.line + 1
        self._faults.append(StandardFault(self._file, line, problem, remedy))

    def _not_yaml(self, error: yaml.YAMLError) -> None:
        mark = getattr(error, "problem_mark", None)
        line = None if mark is None else mark.line + 1
        why = getattr(error, "problem", None) or "it cannot be read"
        problem = f"from here on this is not YAML ({why})"
        remedy = "Check the indentation, and put a text with a colon or a # in quotes"
        self._faults.append(StandardFault(self._file, line, problem, remedy))

    def _document(self) -> Any:
        next(self._events)
        start = next(self._events)
        if isinstance(start, yaml.StreamEndEvent):
            remedy = "Write its keys: standards/README.md lists them"
            self._fault(start, "the file is empty", remedy)
            raise _Stop
        first = next(self._events)
        self._lines[()] = first.start_mark.line + 1
        content = self._value(first, ())
        if not isinstance(content, dict):
            remedy = "Begin with its keys: standards/README.md lists them"
            self._fault(first, "the file has no keys", remedy)
            raise _Stop
        next(self._events)
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            self._fault(after, "a second document starts here", "Keep one document in a file")
            raise _Stop
        return content

    def _value(self, event: Any, where: Where) -> Any:
        if isinstance(event, yaml.AliasEvent):
            self._fault(event, f"*{event.anchor} is an alias", "Write the value out here")
            self._refused.add(where)
            return None
        self._refuse_marks(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._single(event, where)
        if len(where) >= MAX_DEPTH:
            problem = f"this is nested more than {MAX_DEPTH} deep"
            self._fault(event, problem, "Compare it with standards/README.md and flatten it")
            raise _Stop
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(where)
        return self._keys(where)

    def _refuse_marks(self, event: Any) -> None:
        if event.anchor is not None:
            self._fault(event, f"&{event.anchor} is an anchor", "Take it out")
        if event.tag is not None:
            # A tag is not repeated: it can hold characters that trouble a terminal.
            self._fault(event, "there is a tag (!) before a value", "Take the tag out")

    def _list(self, where: Where) -> tuple[Any, ...]:
        entries: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            here = (*where, len(entries))
            self._lines[here] = event.start_mark.line + 1
            entries.append(self._value(event, here))
        return tuple(entries)

    def _keys(self, where: Where) -> dict[str, Any]:
        entries: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._key(event, where)
            if key is None or key in entries:
                self._skip(next(self._events))
                continue
            self._lines[(*where, key)] = event.start_mark.line + 1
            entries[key] = self._value(next(self._events), (*where, key))
        return entries

    def _key(self, event: Any, where: Where) -> str | None:
        """The text of a key; None, and a fault, where it cannot be one."""
        if not isinstance(event, yaml.ScalarEvent) or not event.value:
            self._fault(event, "a key must be one text", "Write a single word before the colon")
            self._skip(event)
            return None
        self._refuse_marks(event)
        key = event.value
        if _UNSHOWABLE.search(key):
            self._fault(event, "a key has a character that cannot be shown", "Take it out")
            return None
        if not event.style and not isinstance(_plain(key), str):
            self._fault(event, f"the key {key} is not text, so YAML changes it", in_quotes(key))
        if first := self._lines.get((*where, key)):
            problem = f"the key {key} stands on line {first} already"
            self._fault(event, problem, "Keep one of the two")
        return key

    def _skip(self, event: Any) -> None:
        """Passes over one value with all that is in it."""
        opening = (yaml.SequenceStartEvent, yaml.MappingStartEvent)
        closing = (yaml.SequenceEndEvent, yaml.MappingEndEvent)
        depth = int(isinstance(event, opening))
        while depth:
            event = next(self._events)
            depth += isinstance(event, opening) - isinstance(event, closing)

    def _single(self, event: Any, where: Where) -> Any:
        text = event.value
        self._written[where] = text
        if _UNSHOWABLE.search(text) or "\r" in text:
            self._fault(event, "the text has a character that cannot be shown", "Take it out")
            self._refused.add(where)
        elif event.style and not text.strip():
            self._fault(event, "the text is empty", "Write the text, or take its key out")
            self._refused.add(where)
        return text if event.style else _plain(text)
