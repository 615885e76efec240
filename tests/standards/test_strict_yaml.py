"""What the strict reader makes of a YAML file, before anybody asks about its shape."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from benchmarking.settings import ROOT
from benchmarking.standard import strict_yaml
from benchmarking.standard.reading import EACH, NotText, Reading
from benchmarking.standard.strict_yaml import MAX_BYTES, read

NO_KEYS = "the file has no keys. Begin with its keys: standards/README.md lists them."
EMPTY = "the file is empty. Write its keys: standards/README.md lists them."


def reading_of(tmp_path: Path, content: str | bytes) -> Reading:
    path = tmp_path / "demo.yaml"
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return read(path, "standards/demo.yaml")


def said(reading: Reading) -> list[str]:
    return [str(fault) for fault in reading.faults]


@pytest.mark.parametrize(
    "written, value",
    [
        ("good", "good"),
        ("Don't know", "Don't know"),
        ("me-1.1", "me-1.1"),
        ("November 2014", "November 2014"),
        ('"No"', "No"),
        ("'1.10'", "1.10"),
        ('"true"', "true"),
        (">-\n  two\n  lines", "two lines"),
        ("0", 0),
        ("-3", -3),
        ("20", 20),
        ("0.5", 0.5),
        ("1.10", 1.1),
        ("true", True),
        ("false", False),
        ("2026-12-31", date(2026, 12, 31)),
        ("", None),
        ("~", None),
        ("null", None),
        ("[a, b]", ("a", "b")),
        ("{a: b}", {"a": "b"}),
    ],
)
def test_a_value_means_what_it_says(tmp_path: Path, written: str, value: object) -> None:
    reading = reading_of(tmp_path, f"answer: {written}\n")
    assert said(reading) == []
    assert reading.content == {"answer": value}
    assert type(reading.content["answer"]) is type(value)


@pytest.mark.parametrize(
    "written",
    [
        *("No", "no", "YES", "on", "Off", "y", "N", "True", "TRUE", "010", "0x1F", "0o17"),
        *("1_000", "1:30", ".5", "1.", "1e5", "+1", ".inf", ".nan", "-.INF", "2026-02-30"),
        *("<<", "=", "2026-12-31 10:00:00", "1234567890123456789012345678901234567890"),
    ],
)
def test_a_value_that_yaml_readers_change_is_marked(tmp_path: Path, written: str) -> None:
    assert reading_of(tmp_path, f"answer: {written}\n").content == {"answer": NotText(written)}


def test_every_value_knows_its_line(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, "# comment\na: 1\nb:\n  - x\n  - c:\n      >-\n      y\n")
    assert reading.lines[("a",)] == 2
    assert reading.lines[("b",)] == 3
    assert reading.lines[("b", 0)] == 4
    assert reading.lines[("b", 1, "c")] == 5


def test_windows_line_endings_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    plain = reading_of(tmp_path, "a: |\n  x\n  y\nb: z\n")
    windows = reading_of(tmp_path, b"\xef\xbb\xbfa: |\r\n  x\r\n  y\r\nb: z\r\n")
    assert windows.content == plain.content
    assert windows.lines == plain.lines


@pytest.mark.parametrize(
    "text, fault",
    [
        ("a: 1\nb: 2\na: 3\n", "line 3: the key a stands on line 1 already. Keep one of the two."),
        ("a: &x 1\n", "line 1: &x is an anchor. Take it out."),
        ("a: *x\n", "line 1: *x is an alias. Write the value out here."),
        ("a: !!str 1\n", "line 1: there is a tag (!) before a value. Take the tag out."),
        (
            "a: !!python/object/apply:os.system [ls]\n",
            "line 1: there is a tag (!) before a value. Take the tag out.",
        ),
        (
            "a: 1\n---\nb: 2\n",
            "line 2: a second document starts here. Keep one document in a file.",
        ),
        (
            "No: 1\n",
            'line 1: the key No is not text, so YAML changes it. Put it in quotes: "No".',
        ),
        (
            "? [a, b]\n: 1\n",
            "line 1: a key must be one text. Write a single word before the colon.",
        ),
        ('"": 1\n', "line 1: a key must be one text. Write a single word before the colon."),
        ('a: ""\n', "line 1: the text is empty. Write the text, or take its key out."),
        ("a: ' '\n", "line 1: the text is empty. Write the text, or take its key out."),
        ('a: "\\e[31m"\n', "line 1: the text has a character that cannot be shown. Take it out."),
        ('"\\0": a\n', "line 1: a key has a character that cannot be shown. Take it out."),
        ("- a\n", f"line 1: {NO_KEYS}"),
        ("just text\n", f"line 1: {NO_KEYS}"),
        ("---\n", f"line 2: {NO_KEYS}"),
        ("", f"line 1: {EMPTY}"),
        ("# only this\n", f"line 2: {EMPTY}"),
        (b"a: \x07\n", "line 1: there is a character that cannot be shown. Take it out."),
        (b"a: 1\nb: caf\xe9\n", "line 2: the file is not UTF-8 text. Save it with encoding UTF-8."),
    ],
)
def test_what_is_refused_is_told_with_its_line(
    tmp_path: Path, text: str | bytes, fault: str
) -> None:
    assert said(reading_of(tmp_path, text)) == [f"standards/demo.yaml, {fault}"]


@pytest.mark.parametrize(
    "text", ["a: [1\n", "a: b: c\n", "a: 'x\n", "a:\n\t- x\n", "a: %x\n", "@a: 1"]
)
def test_what_is_not_yaml_is_told_with_the_way_out(tmp_path: Path, text: str) -> None:
    (only,) = reading_of(tmp_path, text).faults
    assert only.problem.startswith("from here on this is not YAML (")
    assert only.remedy == "Check the indentation, and put a text with a colon or a # in quotes"
    assert only.line is not None


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, "a: &x 1\na: 2\nb: !t 3\nc: *x\n")
    assert [fault.line for fault in reading.faults] == [1, 2, 3, 4]


def test_an_alias_bomb_is_refused_and_never_grows(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    reading = reading_of(tmp_path, "\n".join(lines))
    assert len(reading.faults) == 10 + 9 * 10
    assert reading.content["a9"] == (None,) * 10


@pytest.mark.parametrize("bracket", ["[", "{a: ", "- ", "? "])
def test_deep_nesting_is_refused_and_exhausts_nothing(tmp_path: Path, bracket: str) -> None:
    assert len(reading_of(tmp_path, "a:\n  " + bracket * 5000).faults) == 1


def test_twenty_levels_are_enough_and_one_more_is_too_many(tmp_path: Path) -> None:
    def nested(levels: int) -> str:
        return "a: " + "[" * (levels - 1) + "x" + "]" * (levels - 1)

    assert said(reading_of(tmp_path, nested(20))) == []
    assert said(reading_of(tmp_path, nested(21))) == [
        "standards/demo.yaml, line 1: this is nested more than 20 deep. "
        "Compare it with standards/README.md and flatten it."
    ]


def test_a_file_of_one_megabyte_is_read_and_a_larger_one_is_not(tmp_path: Path) -> None:
    largest = "a: " + "x" * (MAX_BYTES - 4) + "\n"
    assert said(reading_of(tmp_path, largest)) == []
    assert said(reading_of(tmp_path, largest + "#")) == [
        "standards/demo.yaml: the file is larger than 1 MB. Split it or shorten it."
    ]


def test_a_file_that_is_missing_or_closed_is_told_so(tmp_path: Path) -> None:
    assert said(read(tmp_path / "none.yaml", "standards/none.yaml")) == [
        "standards/none.yaml: the file is missing. Add it: standards/README.md says what it holds."
    ]
    (only,) = read(tmp_path, "standards").faults
    assert only.problem.startswith("the file cannot be opened (")


def test_a_pattern_passes_over_what_is_not_of_its_shape(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, "a:\n  - b: one\n  - c: two\n  - b: [three]\n  - four\n")
    assert list(reading.texts("a", EACH, "b")) == [(("a", 0, "b"), "one")]
    assert list(reading.each("a", EACH, "b")) == [
        (("a", 0, "b"), "one"),
        (("a", 2, "b"), ("three",)),
    ]
    assert list(reading.texts("a", EACH, "b", "c")) == []


def test_a_fault_repeats_long_and_broken_text_on_one_short_line(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, "a: b\n")
    fault = reading.fault(("a", "unknown"), "the word\nx\n" + "y" * 5000, "Cut it")
    assert str(fault).startswith("standards/demo.yaml, line 1: the word x yyy")
    assert str(fault).endswith("y.... Cut it.")
    assert len(str(fault)) < 600


def test_both_of_the_parsers_read_the_shipped_files_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    files = sorted((ROOT / "standards").rglob("*.yaml"))
    usual = [read(path, path.name) for path in files]
    monkeypatch.setattr(strict_yaml, "_PARSER", yaml.SafeLoader)
    assert [read(path, path.name) for path in files] == usual


@pytest.mark.parametrize("bracket", ["[", "{a: ", "- ", "? "])
def test_deep_nesting_exhausts_the_slower_parser_as_little(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bracket: str
) -> None:
    monkeypatch.setattr(strict_yaml, "_PARSER", yaml.SafeLoader)
    assert len(reading_of(tmp_path, "a:\n  " + bracket * 5000).faults) == 1
