"""Replies by file: looked at first, stored as a whole or by name, known when they come again."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from benchmarking.access import Refused
from benchmarking.answers import Cycle
from benchmarking.assessing.drafts import CannotSave
from benchmarking.assessing.sheets import NotThere
from benchmarking.entry_faults import EntryFaults
from benchmarking.exports import to_csv
from benchmarking.imports.refusal import ImportRefused
from benchmarking.keeping import afresh
from benchmarking.replies import Sending, Way
from benchmarking.results.history import Cycles
from benchmarking.statistics.disclosure import Counts
from benchmarking.store import responses, survey_files
from benchmarking.store.responses import REPLY, Place
from benchmarking.survey import file_imports, loads, mappings
from benchmarking.survey.file_imports import Look, StaleLook, Upload
from tests.imports.survey_files import csv, first_items, instrument
from tests.imports.test_survey_layout import HEADER, MAPPING
from tests.use_cases.conftest import World

ONE, TWO = first_items(2)
ASKED = Sending(Way.ELSEWHERE, date(2026, 4, 1), date(2026, 9, 30), 240)
OUTSIDERS = ["approver-07", "board-07", "lead-08", "inspector", "administrator"]


def cycle(world: World) -> Cycle:
    return Cycles(world.visit("lead-07"), afresh).opened[0]


def look(world: World, *rows: str, subject: str = "colleague-07", **more) -> Look:
    upload = Upload("replies.csv", csv(*rows))
    return file_imports.look_at(world.visit(subject), "DEMO-07", cycle(world), upload, **more)


def bring(world: World, *rows: str, **more) -> str:
    return file_imports.store(world.visit("colleague-07"), look(world, *rows), **more)


def many(number: int, said: str = "4,2", first: int = 0) -> list[str]:
    return [f"R{place},{said}" for place in range(first, first + number)]


def waiting(world: World, item_id: str = ONE) -> Counts:
    with world.database.reading() as reading:
        place = Place(7, responses.period_of(reading, cycle(world).cycle_id) or 0)
        number = responses.item_numbers(reading, "my-expectations")[item_id]
        return responses.waves_of(reading, place)[number].waiting


def is_whole(world: World) -> bool:
    with world.database.reading() as reading:
        return responses.rebuilt(reading) == responses.stored(reading)


def rows_in(world: World, table: str) -> int:
    return world.count(f"SELECT count(*) FROM {table}")


def standing(world: World, subject: str = "colleague-07"):
    return file_imports.standing(world.visit(subject), "DEMO-07", cycle(world))


# A look.


def test_a_look_stores_nothing_and_says_what_a_file_would_do(world: World):
    before = rows_in(world, "audit")
    found = look(world, "R1,4,2", "R2,,", "R1,4,2", "R3,Agre,2")
    assert found.in_words == "The file has 4 rows. 1 row cannot be read. Replies: 1 new."
    assert (found.file.blank, found.file.repeated, found.file.refused) == (1, 1, 1)
    assert rows_in(world, "audit") == before and rows_in(world, "response") == 0


def test_a_look_says_how_much_was_recognised_and_no_result(world: World):
    found = look(world, "R1,4,", "R2,1,2")
    assert [(item, many) for item, _, many in found.recognised[:3]] == [
        *((ONE, 2), (TWO, 1)),
        (instrument().item_ids[2], 0),
    ]


def test_the_report_of_faults_can_be_taken_away_and_is_no_formula(world: World):
    found = look(world, "R1,=cmd,2", "R2,4,2")
    table = file_imports.faults_table(found)
    assert list(table.columns) == ["Row", "Column", "Value", "What is wrong", "What to do"]
    assert table.iloc[0].tolist()[:3] == [2, ONE, "=cmd"]
    assert ",'=cmd," in to_csv(table).decode("utf-8-sig")


def test_a_file_without_any_reply_is_told_so(world: World):
    with pytest.raises(ImportRefused, match="no row of it has an answer"):
        look(world, "R1,,", "R2,,")


def test_a_file_over_the_limit_of_a_page_is_refused(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(file_imports, "PAGE_BYTES", 10)
    with pytest.raises(ImportRefused, match="it is larger than"):
        look(world, "R1,4,2")


# Storing.


def test_a_whole_file_is_one_write_and_one_batch(world: World):
    before = rows_in(world, "audit")
    assert bring(world, *many(12)) == "Stored. Replies: 12 new."
    assert (rows_in(world, "audit"), rows_in(world, "survey_batch")) == (before + 1, 1)
    assert rows_in(world, "survey_reply") == 12 and rows_in(world, "response") == 36
    assert is_whole(world)
    with world.database.reading() as reading:
        entry = reading.row("SELECT * FROM audit ORDER BY audit_id DESC LIMIT 1")
    assert entry is not None
    assert entry["action"] == "bring survey replies"
    assert entry["subject"] == f"DEMO-07 {cycle(world).cycle_id}"
    assert entry["detail"].startswith("10 to 29 new, none corrected, 0 rows left out: ")


@pytest.mark.parametrize("number, said", [(1, "under 10"), (9, "under 10"), (30, "30")])
def test_the_audit_tells_no_small_number_of_replies_exactly(world: World, number: int, said: str):
    bring(world, *many(number))
    with world.database.reading() as reading:
        detail = reading.value("SELECT detail FROM audit ORDER BY audit_id DESC LIMIT 1")
    assert detail.startswith(f"{said} new, none corrected, ")


def test_the_same_file_again_stores_nothing(world: World):
    bring(world, *many(5))
    before = rows_in(world, "audit")
    assert bring(world, *many(5)) == "5 replies are stored already, so there is nothing to change."
    assert rows_in(world, "audit") == before and rows_in(world, "response") == 15


def test_a_later_file_adds_what_is_new_and_corrects_what_changed(world: World):
    bring(world, *many(5))
    said = bring(world, "R0,2,2", "R1,4,2", *many(3, first=10))
    assert said == "Stored. Replies: 3 new, 1 corrected, 1 stored already."
    assert waiting(world) == Counts(7, 8) and is_whole(world)


def test_the_id_of_a_reply_is_never_stored(world: World):
    bring(world, "Holzapfel-1234,4,2")
    with world.database.reading() as reading:
        kept = [str(row) for table in _TABLES for row in reading.rows(f"SELECT * FROM {table}")]
    assert not [row for row in kept if "Holzapfel" in row]


_TABLES = ("survey_reply", "survey_batch", "survey_brought", "survey_key", "response", "audit")


def test_rows_with_faults_are_left_out_only_by_name(world: World):
    rows = [*many(3), "R9,Agre,2"]
    with pytest.raises(CannotSave, match="1 row cannot be read. Correct the file and bring it"):
        bring(world, *rows)
    assert rows_in(world, "response") == 0
    assert bring(world, *rows, without_refused=True) == "Stored. Replies: 3 new."
    (brought,) = standing(world).brought
    assert (brought.added, brought.left_out) == (3, 1)


def test_a_file_that_came_in_between_is_found(world: World):
    first, second = look(world, *many(3)), look(world, *many(4))
    file_imports.store(world.visit("lead-07"), first)
    with pytest.raises(StaleLook, match="A colleague brought a file in the meantime"):
        file_imports.store(world.visit("colleague-07"), second)
    assert rows_in(world, "survey_reply") == 3
    assert bring(world, *many(4)) == "Stored. Replies: 1 new, 3 stored already."


def test_the_key_of_the_digests_stays_the_same_for_good(world: World):
    bring(world, *many(1))
    with world.database.reading() as reading:
        key = survey_files.digest_key(reading)
    assert key is not None and len(key) == 64
    bring(world, *many(1, first=1))
    with world.database.reading() as reading:
        assert survey_files.digest_key(reading) == key


# How many were asked.


def test_how_many_were_asked_can_be_said_with_the_file_or_later(world: World):
    bring(world, *many(3), sending=ASKED)
    file_imports.record_invited(
        world.visit("lead-07"), "DEMO-07", cycle(world), replace(ASKED, invited=10)
    )
    assert standing(world).asked.invited == 250
    assert [one.author for one in standing(world).sendings] == ["contributor 7", "trust lead 7"]


def test_what_was_said_can_be_taken_back_once(world: World):
    visit = world.visit("lead-07")
    file_imports.record_invited(visit, "DEMO-07", cycle(world), ASKED)
    (sending,) = standing(world).sendings
    said = file_imports.take_back(visit, "DEMO-07", cycle(world), sending)
    assert said == "240 people asked: taken back."
    assert standing(world).asked.invited is None
    with pytest.raises(CannotSave, match="A colleague took this back in the meantime"):
        file_imports.take_back(visit, "DEMO-07", cycle(world), sending)
    assert rows_in(world, "survey_sending") == 2, "nothing is removed"


@pytest.mark.parametrize(
    "wrong, field, sentence",
    [
        ({"invited": 0}, "invited", "Write how many people were asked, from 1 to 1,000,000."),
        ({"closed_to": date(2026, 3, 1)}, "closed_from", "The first day lies after the last one."),
        ({"closed_to": date(2026, 11, 22)}, "closed_to", "Complaints cannot have closed after"),
    ],
)
def test_numbers_that_cannot_be_right_are_refused(
    world: World, wrong: dict, field: str, sentence: str
):
    sending = replace(ASKED, **wrong)
    with pytest.raises(EntryFaults) as refused:
        file_imports.record_invited(world.visit("lead-07"), "DEMO-07", cycle(world), sending)
    assert refused.value.by_field[field].startswith(sentence)
    with pytest.raises(EntryFaults):
        bring(world, *many(3), sending=sending)
    assert rows_in(world, "survey_sending") == rows_in(world, "response") == 0


# Where the survey stands.


@pytest.mark.parametrize(
    "number, said",
    [
        (3, "not enough replies"),
        (10, "10 to 29 replies"),
        (29, "10 to 29 replies"),
        (31, "31 replies"),
    ],
)
def test_how_many_replied_is_said_as_far_as_it_may_be(world: World, number: int, said: str):
    assert standing(world).replied == ""
    bring(world, *many(number))
    assert standing(world).replied == said


def test_replies_that_wait_for_the_next_wave_are_not_told(world: World):
    bring(world, *many(31))
    bring(world, *many(9, first=100))
    assert standing(world).replied == "31 replies"


def test_where_people_were_asked_the_first_reply_changes_no_word(world: World):
    file_imports.record_invited(world.visit("lead-07"), "DEMO-07", cycle(world), ASKED)
    before = standing(world).replied
    bring(world, *many(1))
    assert standing(world).replied == before == "not enough replies"


def test_the_files_that_were_brought_are_listed_the_newest_first(world: World):
    bring(world, *many(3))
    bring(world, *many(2, first=10))
    assert [(one.file_name, one.author, one.added) for one in standing(world).brought] == [
        ("replies.csv", "contributor 7", 2),
        ("replies.csv", "contributor 7", 3),
    ]


# Who.


@pytest.mark.parametrize("subject", OUTSIDERS)
def test_nobody_else_brings_replies_or_sees_where_the_survey_stands(world: World, subject: str):
    visit, now, found = world.visit(subject), cycle(world), look(world, "R1,4,2")
    upload = Upload("replies.csv", csv("R1,4,2"))
    for attempt in (
        lambda: file_imports.choices(visit, "DEMO-07"),
        lambda: file_imports.standing(visit, "DEMO-07", now),
        lambda: file_imports.template(visit, "DEMO-07", now),
        lambda: file_imports.look_at(visit, "DEMO-07", now, upload),
        lambda: file_imports.store(visit, found),
        lambda: file_imports.record_invited(visit, "DEMO-07", now, ASKED),
        lambda: file_imports.take_back(visit, "DEMO-07", now, ASKED),
        lambda: mappings.look_over(visit, "DEMO-07", now, upload),
        lambda: mappings.saved(visit, "DEMO-07", now),
        lambda: mappings.save(visit, "DEMO-07", now, "Own", MAPPING),
    ):
        with pytest.raises(Refused):
            attempt()


def test_the_template_can_be_filled_in_and_handed_in(world: World):
    asked = file_imports.template(world.visit("lead-07"), "DEMO-07", cycle(world))
    assert list(asked.columns) == ["response_id", *instrument().item_ids]
    asked.loc[0] = ["R1", *["Agree"] * len(instrument().items)]
    found = file_imports.look_at(
        world.visit("lead-07"), "DEMO-07", cycle(world), Upload("filled.csv", to_csv(asked))
    )
    assert found.in_words == "The file has 1 row. Replies: 1 new."


def test_a_cycle_without_a_survey_is_told_so(world: World):
    old = replace(cycle(world), editions=(("my-expectations", "2014.1", "x"),))
    with pytest.raises(NotThere, match="The edition of this cycle has no survey"):
        file_imports.instrument_asked(world.library, old)


def test_where_single_replies_were_purged_no_file_is_taken(world: World):
    bring(world, *many(3))
    with world.database.writing(world.visit("lead-07").audit("purge", "tests")) as writing:
        period = responses.period_for(writing, cycle(world).cycle_id)
        writing.run("INSERT INTO survey_purged VALUES (7, :p, :now)", p=period, now=world.now)
    with pytest.raises(ImportRefused, match="The single replies of this cycle were purged"):
        look(world, *many(3))


# Mappings.


def own_file(world: World, *rows: str) -> Upload:
    return Upload("own.csv", csv(*rows, header=HEADER))


def test_a_mapping_is_offered_again_for_a_file_with_the_same_columns(world: World):
    visit, now = world.visit("lead-07"), cycle(world)
    columns = mappings.look_over(visit, "DEMO-07", now, own_file(world, "1;Yes;No;x"))
    assert not columns.is_template
    assert columns.values_of(["Were you told?", "Was it fair?"]) == ("Yes", "No")
    mappings.save(visit, "DEMO-07", now, "  Our survey ", MAPPING)
    (saved,) = mappings.saved(world.visit("colleague-07"), "DEMO-07", now)
    assert (saved.name, saved.mapping, saved.author) == ("Our survey", MAPPING, "trust lead 7")
    assert mappings.fitting([saved], columns.header) == (saved,)
    assert mappings.fitting([saved], ["Id", "Other"]) == ()
    upload = own_file(world, "1;Yes;No;x", "2;N/A;-;y")
    found = file_imports.look_at(visit, "DEMO-07", now, upload, saved.mapping)
    assert file_imports.store(visit, found) == "Stored. Replies: 2 new."
    assert waiting(world) == Counts(1, 1)


def test_a_mapping_of_the_same_name_takes_the_place_of_the_older_one(world: World):
    visit, now = world.visit("lead-07"), cycle(world)
    mappings.save(visit, "DEMO-07", now, "Our survey", MAPPING)
    newer = MAPPING.model_copy(update={"id_column": ""})
    mappings.save(visit, "DEMO-07", now, "Our survey", newer)
    (saved,) = mappings.saved(world.visit("lead-07"), "DEMO-07", now)
    assert saved.mapping == newer
    assert mappings.saved(world.visit("lead-08"), "DEMO-08", now) == ()


def test_a_mapping_that_cannot_be_used_says_why_beside_its_field(world: World):
    visit, now = world.visit("lead-07"), cycle(world)
    empty = MAPPING.model_copy(update={"items": {}})
    with pytest.raises(EntryFaults) as refused:
        mappings.save(visit, "DEMO-07", now, " ", empty)
    assert refused.value.by_field["name"].startswith("Give the mapping a name")
    assert refused.value.by_field["mapping"] == "No column is mapped to an item of the survey."
    forged = MAPPING.model_copy(update={"items": {"Was it fair?": "cs-99"}})
    with pytest.raises(CannotSave, match="The survey does not have cs-99"):
        mappings.save(visit, "DEMO-07", now, "Forged", forged)
    forged = MAPPING.model_copy(update={"id_column": "Elsewhere"})
    with pytest.raises(CannotSave, match="names a column that the file does not have"):
        mappings.save(visit, "DEMO-07", now, "Forged", forged)


def test_columns_that_bear_our_words_are_guessed(world: World):
    first = instrument().items[0]
    header = f"Respondent ID,{first.prompt.upper()},Ward"
    upload = Upload("own.csv", csv("17,Agree,A", "18,Disagree,B", header=header))
    columns = mappings.look_over(world.visit("lead-07"), "DEMO-07", cycle(world), upload)
    guessed = mappings.guess(columns, instrument())
    assert (guessed.id_column, list(guessed.items.values())) == ("Respondent ID", [first.id])
    assert dict(guessed.values) == {"Agree": "agree", "Disagree": "disagree"}


def test_a_column_of_many_values_is_not_taken_for_answers(world: World):
    rows = [f"{number};Yes;word {number};x" for number in range(60)]
    upload = own_file(world, *rows)
    columns = mappings.look_over(world.visit("lead-07"), "DEMO-07", cycle(world), upload)
    assert set(columns.values) == {"Were you told?", "Comment"}


def test_the_template_needs_no_mapping(world: World):
    upload = Upload("replies.csv", csv("R1,4,2"))
    columns = mappings.look_over(world.visit("lead-07"), "DEMO-07", cycle(world), upload)
    assert columns.is_template


# The command.


def load(world: World, folder: Path, *rows: str, header: str = "", **more) -> str:
    file = folder / "replies.csv"
    file.write_bytes(csv(*rows, header=header))
    cycle_id = more.pop("cycle_id", cycle(world).cycle_id)
    return loads.load(world.database, world.library, file, cycle_id, **more)


OF_MANY = f"response_id,trust,{ONE}"


def test_the_command_takes_any_trust_and_tells_what_it_did(world: World, tmp_path: Path):
    rows = ["R1,DEMO-07,4", "R2,DEMO-07,2", "R1,DEMO-08,1", "R2,DEMO-08,"]
    assert load(world, tmp_path, *rows, header=OF_MANY).splitlines() == [
        "DEMO-07: Stored. 2 new.",
        "DEMO-08: Stored. 1 new.",
        "1 row without any answer was left out.",
    ]
    assert rows_in(world, "survey_batch") == 2 and is_whole(world)
    assert load(world, tmp_path, *rows, header=OF_MANY).splitlines()[0] == (
        "DEMO-07: 2 replies are stored already, so there is nothing to change."
    )
    with world.database.reading() as reading:
        entries = reading.rows("SELECT * FROM audit WHERE action = 'import survey replies'")
    assert [(one["person_id"], one["subject"]) for one in entries] == [(0, "replies.csv")]


def test_the_page_knows_what_the_command_stored(world: World, tmp_path: Path):
    load(world, tmp_path, "R1,4,2", trust_code="DEMO-07")
    assert look(world, "R1,4,2", "R2,4,2").in_words == (
        "The file has 2 rows. Replies: 1 new, 1 stored already."
    )


def test_the_command_reads_by_a_mapping_of_the_trust(world: World, tmp_path: Path):
    mappings.save(world.visit("lead-07"), "DEMO-07", cycle(world), "Our survey", MAPPING)
    rows = ["1;Yes;No;x"]
    said = load(
        world, tmp_path, *rows, header=HEADER, trust_code="DEMO-07", mapping_name="Our survey"
    )
    assert said.splitlines() == ["DEMO-07: Stored. 1 new.", "Not read: Comment."]


@pytest.mark.parametrize(
    "more, problem",
    [
        ({"cycle_id": "1999-00"}, "there is no cycle 1999-00. Name one of: "),
        ({}, "it has no column trust, so nobody can tell whose replies these are"),
        ({"trust_code": "DEMO-99"}, "DEMO-99 is not the code of a trust here"),
        ({"mapping_name": "Ours"}, "a mapping belongs to one trust. Name the trust with --trust"),
        (
            {"trust_code": "DEMO-07", "mapping_name": "Ours"},
            "DEMO-07 has saved no mapping named Ours. Save one on the page first.",
        ),
    ],
)
def test_the_command_says_what_it_lacks(world: World, tmp_path: Path, more: dict, problem: str):
    with pytest.raises(ImportRefused) as refused:
        load(world, tmp_path, "R1,4,2", **more)
    assert problem in str(refused.value)


def test_the_command_stores_nothing_of_a_file_with_a_fault(world: World, tmp_path: Path):
    before = rows_in(world, "audit")
    with pytest.raises(ImportRefused, match="row 3, column trust: “DEMO-99” is not the code"):
        load(world, tmp_path, "R1,DEMO-07,4", "R1,DEMO-99,4", header=OF_MANY)
    assert rows_in(world, "response") == 0 and rows_in(world, "audit") == before


def test_no_reply_is_counted_where_nobody_answered(world: World):
    bring(world, *many(1))
    with world.database.reading() as reading:
        place = Place(7, responses.period_of(reading, cycle(world).cycle_id) or 0)
        assert set(responses.waves_of(reading, place)) == {
            REPLY,
            *(responses.item_numbers(reading, "my-expectations")[one] for one in (ONE, TWO)),
        }


def test_a_file_of_which_no_row_can_be_read_is_not_called_stored_already(world: World) -> None:
    wrong = look(world, *(row.replace(",", ",99", 1) for row in many(3)))
    assert wrong.in_words == (
        "The file has 3 rows. 3 rows cannot be read. Replies: none that could be stored."
    )
