"""Turns a reading into a frozen value of ``model``, or into faults an author can act on."""

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from benchmarking.standard.faults import StandardFault
from benchmarking.standard.model import Standard
from benchmarking.standard.reading import Reading, Where
from benchmarking.standard.strict_yaml import in_quotes

Shape = TypeVar("Shape", bound=BaseModel)

_DIGITS = "Write it in digits and without quotes"
_BOUND = ("{name} must be {bound}, not {said}", "Correct the number")
_NOT_A_DAY = ("{name} must be a date, not {said}", "Write it as 2026-12-31, without quotes")
_NO_KEYS = ("{name} needs keys of its own", "Write them beneath it, one a line, indented")

# Pydantic's kind of error -> what the author reads: problem, remedy.
_SENTENCES: dict[str, tuple[str, str]] = {
    "missing": ("the key {key} is missing", "Add it: standards/README.md says what it holds"),
    "extra_forbidden": (
        "there is no such key as {key} here",
        "Take it out or correct its spelling: standards/README.md lists every key",
    ),
    "bool_type": ("{name} must be true or false, not {said}", "Write it without quotes"),
    "int_type": ("{name} must be a whole number, not {said}", _DIGITS),
    "float_type": ("{name} must be a number, not {said}", _DIGITS),
    "date_type": _NOT_A_DAY,
    "enum": ("{name} cannot be {said}", "Use one of: {expected}"),
    "model_type": _NO_KEYS,
    "mapping_type": _NO_KEYS,
    "dict_type": _NO_KEYS,
    "tuple_type": ("{name} must be a list", "Start each of its entries with a dash"),
    "too_short": ("{name} has too few entries", "Give at least {min_length}"),
    "greater_than": _BOUND,
    "greater_than_equal": _BOUND,
    "less_than": _BOUND,
    "less_than_equal": _BOUND,
}
_OTHER = ("{name} cannot be used ({reason})", "Compare it with standards/README.md")
_BOUNDS = (("gt", "more than"), ("ge", "at least"), ("lt", "less than"), ("le", "at most"))
# How pydantic marks an error that is about a key.
_KEY = "[key]"


def shaped(reading: Reading, model: type[Shape]) -> tuple[Shape | None, tuple[StandardFault, ...]]:
    """The value a file holds; or None, and one fault for each thing that is not of its shape."""
    try:
        return model.model_validate(reading.content), ()
    except ValidationError as error:
        details = error.errors(include_url=False)
        faults = (_fault(reading, detail) for detail in details)
        return None, tuple(fault for fault in faults if fault is not None)


def edition_schema() -> dict[str, Any]:
    """The JSON Schema of an edition file, with which editors complete and check."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Standard.model_json_schema(),
    }


def _fault(reading: Reading, detail: ErrorDetails) -> StandardFault | None:
    where = detail["loc"][:-1] if _is_about_key(reading, detail) else detail["loc"]
    if reading.is_refused(where) or _is_echo(detail):
        return None
    if detail["type"] == "string_type":
        return _not_text(reading, where, detail["input"])
    problem, remedy = _SENTENCES.get(detail["type"], _OTHER)
    words = _words(reading, where, detail)
    return reading.fault(where, problem.format(**words), remedy.format(**words))


def _is_about_key(reading: Reading, detail: ErrorDetails) -> bool:
    """Whether the key itself is wrong, not the value under it."""
    where = detail["loc"]
    return where[-1:] == (_KEY,) and where not in reading.lines


def _is_echo(detail: ErrorDetails) -> bool:
    """Whether a list is called too short only because an entry of it has a fault."""
    wanted = detail.get("ctx", {}).get("min_length", 0)
    return detail["type"] == "too_short" and len(detail["input"]) >= wanted


def _words(reading: Reading, where: Where, detail: ErrorDetails) -> dict[str, str]:
    """What the sentences may say of one error."""
    context = detail.get("ctx", {})
    is_key = _is_about_key(reading, detail)
    return {
        "name": f"a key of {where[-2]}" if is_key else _name(where),
        "key": str(where[-1]) if where else "",
        "said": str(where[-1]) if is_key else _said(reading, where, detail),
        "expected": str(context.get("expected", "")).replace("'", "").replace(" or ", ", "),
        "min_length": str(context.get("min_length", "")),
        "bound": "".join(f"{word} {context[key]:g}" for key, word in _BOUNDS if key in context),
        "reason": detail["msg"],
    }


def _not_text(reading: Reading, where: Where, value: object) -> StandardFault:
    name, written = _name(where), reading.written.get(where)
    if isinstance(where[-1], str):
        name = f"the {name}"
    if isinstance(value, dict | tuple) or written is None:
        return reading.fault(where, f"{name} must be one text", "Write a single text after it")
    if written == "":
        return reading.fault(where, f"{name} is empty", "Write the text, or take its key out")
    return reading.fault(
        where, f"{name} {written} is not text, so YAML changes it", in_quotes(written)
    )


def _name(where: Where) -> str:
    """What a sentence calls a place: "label", or "entry 2 of look_for"."""
    if not where:
        return "the file"
    last = where[-1]
    if isinstance(last, str):
        return last
    keys = [step for step in where if isinstance(step, str)]
    return f"entry {last + 1} of {keys[-1] if keys else 'the list'}"


def _said(reading: Reading, where: Where, detail: ErrorDetails) -> str:
    """What stands at a place, in the author's own characters."""
    written = reading.written.get(where)
    if written is None:
        return "keys or a list"
    # Where a number is wanted, the quotes are what is wrong.
    in_quotes_of_its_own = isinstance(detail["input"], str) and detail["type"] != "enum"
    return f'"{written}"' if in_quotes_of_its_own else written or "empty"
