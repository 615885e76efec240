"""The security files name only what exists, and pass over no requirement."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from benchmarking import retention
from benchmarking.settings import ROOT

FOLDER = ROOT / "docs" / "security"
FILES = [
    ROOT / "SECURITY.md",
    ROOT / "docs" / "accessibility.md",
    *sorted(FOLDER.glob("*.md")),
]
_CODE = re.compile(r"`([^`\n]+)`")
_TEST = re.compile(r"([\w/]+\.py)::(test_\w+)")
_PLACE = re.compile(r"[\w.][\w./-]*(?:\.(?:py|yaml|sql|toml|md|json|conf|txt|in)|/)")
_LINK = re.compile(r"\]\(([^)#:]+)\)")


def named(file: Path) -> list[str]:
    """Everything in a document that is written as code."""
    return _CODE.findall(file.read_text(encoding="utf-8"))


@cache
def named_in(path: str) -> frozenset[str]:
    """The names of the tests in a file under tests/."""
    tree = ast.parse((ROOT / "tests" / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def is_there(place: str) -> bool:
    """Whether a path stands for something, from the top or from benchmarking/."""
    return any((home / place).exists() for home in (ROOT, ROOT / "benchmarking"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_test_that_is_named_exists(file: Path):
    found = [_TEST.fullmatch(code) for code in named(file) if "::" in code]
    lost = [
        f"{match[1]}::{match[2]}" if match else "unreadable"
        for match in found
        if match is None
        or not (ROOT / "tests" / match[1]).exists()
        or match[2] not in named_in(match[1])
    ]
    assert lost == [], f"{file.name} names tests that are not there: {', '.join(lost)}"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_place_that_is_named_exists(file: Path):
    lost = [code for code in named(file) if _PLACE.fullmatch(code) and not is_there(code)]
    assert lost == [], f"{file.name} names what is not there: {', '.join(lost)}"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_link_leads_somewhere(file: Path):
    links = _LINK.findall(file.read_text(encoding="utf-8"))
    assert [link for link in links if not (file.parent / link).exists()] == []


# OWASP ASVS 5.0.0: the level of each requirement of a section, in the order of their numbers.
_LEVELS = """
    1.1:22  1.2:1111122223  1.3:112222222223  1.4:222  1.5:123
    2.1:122  2.2:112  2.3:12223  2.4:23
    3.1:3  3.2:113  3.3:12223  3.4:11222233  3.5:11122333  3.6:3  3.7:22333
    4.1:12233  4.2:23333  4.3:22  4.4:1222
    5.1:2  5.2:112333  5.3:113  5.4:222
    6.1:122  6.2:111111112222  6.3:11223333  6.4:112233  6.5:22222333  6.6:2223  6.7:33  6.8:2222
    7.1:222  7.2:1111  7.3:22  7.4:11222  7.5:223  7.6:22
    8.1:1233  8.2:1123  8.3:133  8.4:23
    9.1:111  9.2:1222
    10.1:22  10.2:223  10.3:22223  10.4:1111122222233333  10.5:22222  10.6:22  10.7:222
    11.1:2233  11.2:22233  11.3:11233  11.4:1222  11.5:23  11.6:23  11.7:33
    12.1:12233  12.2:11  12.3:22223
    13.1:2333  13.2:222223  13.3:2233  13.4:1222233
    14.1:22  14.2:12223333  14.3:122
    15.1:12233  15.2:12233  15.3:1222222  15.4:3333
    16.1:2  16.2:22222  16.3:2222  16.4:222  16.5:2223
    17.1:23  17.2:22223333  17.3:22
"""
ASKED = {
    f"{section}.{number}": level
    for section, levels in re.findall(r"([\d.]+):(\d+)", _LEVELS)
    for number, level in enumerate(levels, start=1)
    if level != "3"
}
VERDICTS = ("met", "in part", "deployer", "not applicable", "NOT MET")
_ROW = re.compile(r"^\| (\d+\.[\d., to]+) \| ([12, ]+) \| (.+?) \| (.+?) \| (.+) \|$", re.M)
_RANGE = re.compile(r"(\d+\.\d+)\.(\d+)(?: to \d+\.\d+\.(\d+))?")


def ids(said: str) -> Iterator[str]:
    """The requirements that the first cell of a row names: "1.2.6 to 1.2.8, 1.3.1"."""
    for section, first, last in _RANGE.findall(said):
        yield from (f"{section}.{number}" for number in range(int(first), int(last or first) + 1))


def rows() -> list[tuple[str, ...]]:
    """The rows of all tables of the list: requirements, levels, words, verdict, by what."""
    return _ROW.findall((FOLDER / "asvs-5.0-level-2.md").read_text(encoding="utf-8"))


def test_the_standard_has_253_requirements_of_levels_1_and_2():
    assert Counter(ASKED.values()) == {"1": 70, "2": 183}


def test_each_requirement_of_levels_1_and_2_is_judged_once():
    judged = Counter(one for row in rows() for one in ids(row[0]))
    assert sorted(set(ASKED) - set(judged)) == []
    assert sorted(set(judged) - set(ASKED)) == []
    assert [one for one, times in judged.items() if times > 1] == []


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_a_row_has_the_levels_of_its_requirements_a_verdict_and_a_reason(row: tuple[str, ...]):
    said, levels, words, verdict, by = row
    assert levels.split(", ") == sorted({ASKED[one] for one in ids(said)})
    assert verdict in VERDICTS
    assert words and by


def test_the_count_above_the_list_is_its_own():
    count: Counter[str] = Counter()
    for said, _, _, verdict, _ in rows():
        count[verdict] += len(list(ids(said)))
    line = f"| Requirements | {' | '.join(str(count[verdict]) for verdict in VERDICTS)} |"
    assert line in (FOLDER / "asvs-5.0-level-2.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("rule", retention.load(ROOT / "data").kinds, ids=lambda rule: rule.id)
def test_the_template_says_how_long_each_kind_is_kept(rule: retention.Rule):
    text = (FOLDER / "dpia-template.md").read_text(encoding="utf-8")
    assert f"| {rule.title} | {rule.months} |" in text
