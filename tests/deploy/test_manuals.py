"""The manuals name commands, options, settings, numbers and files that exist."""

import re
import shlex
from pathlib import Path

import click
import pytest

from benchmarking.__main__ import main
from benchmarking.settings import ROOT
from tests.deploy.test_shipped_files import SETTING, known_settings, text

MANUALS = [
    ROOT / "SECURITY.md",
    ROOT / "docs" / "deployment.md",
    ROOT / "docs" / "operations.md",
    *sorted((ROOT / "docs" / "security").glob("*.md")),
]
COMMAND = re.compile(r"python -m benchmarking ((?:[^`\s].*?)?)(?=`|$)", re.M)
NUMBER = re.compile(r"`(benchmark_[a-z_]+)[`{]")
HEADING = re.compile(r"^#+ (.+)$", re.M)

every_manual = pytest.mark.parametrize("manual", MANUALS, ids=lambda path: path.name)


def understood(words: list[str]) -> list[str]:
    """What of a command line no command knows: words before the command's own, and options."""
    found: click.Command = main
    while words and isinstance(found, click.Group):
        inner = found.commands.get(words[0])
        if inner is None:
            return words[:1]
        found, words = inner, words[1:]
    known = {option for one in found.params for option in one.opts}
    return [word for word in words if word.startswith("-") and word.split("=")[0] not in known]


@every_manual
def test_every_command_that_is_named_exists_with_its_options(manual: Path):
    named = COMMAND.findall(text(manual))
    unknown = {line: understood(shlex.split(line, comments=True)) for line in named}
    assert {line: words for line, words in unknown.items() if words} == {}


def test_commands_are_found_in_the_manuals_and_wrong_ones_would_be():
    named = [line for manual in MANUALS for line in COMMAND.findall(text(manual))]
    assert {"db backup", "db list", "retention purge", "serve"} <= set(named)
    assert any(line.startswith("people add --subject SUBJECT --title") for line in named)
    assert understood(["db", "backups"]) == ["backups"]
    assert understood(["db", "restore", "FOLDER", "--force"]) == ["--force"]


@every_manual
def test_every_setting_that_is_named_is_read(manual: Path):
    assert set(SETTING.findall(text(manual))) <= known_settings()


def test_a_rehearsal_is_told_to_change_all_that_leads_to_the_service():
    manual = text(ROOT / "docs" / "operations.md")
    rehearsal = manual.split("## Restore, and rehearse it")[1].split("In earnest:")[0]
    table = "".join(line for line in rehearsal.splitlines() if line.lstrip().startswith("| `"))
    parts = ("DATABASE", "EVIDENCE", "BACKUPS", "BACKUP_HOURS", "SMTP_HOST", "PORT", "METRICS_PORT")
    assert {f"BENCHMARK_{part}" for part in parts} <= set(SETTING.findall(table))


def test_the_numbers_that_are_named_are_those_that_are_shown():
    inside = ROOT / "benchmarking"
    shown = text(inside / "measures.py") + text(inside / "web" / "metrics.py")
    made = set(re.findall(r'"(benchmark_[a-z_]+?)(?:_total)?"', shown))
    named = set(NUMBER.findall(text(ROOT / "docs" / "operations.md")))
    assert {name.removesuffix("_total") for name in named} == made != set()


@every_manual
def test_every_link_leads_to_a_file_and_a_heading(manual: Path):
    for file, heading in re.findall(r"\]\(([^)#:]*)(?:#([^)]*))?\)", text(manual)):
        target = manual.parent / file if file else manual
        assert target.exists(), file
        headings = {one.lower().replace(" ", "-") for one in HEADING.findall(text(target))}
        assert not heading or heading in headings, heading


@every_manual
def test_every_target_of_make_that_is_named_exists(manual: Path):
    targets = set(re.findall(r"^([a-z]+):", text(ROOT / "Makefile"), re.M))
    assert set(re.findall(r"`make ([a-z]+)", text(manual))) <= targets
