"""The demonstration's files: small, always the same, plainly made up, and what they say."""

import pytest

from benchmarking import personal_details
from benchmarking.demonstration.evidence_files import FILES, OF_EACH_KIND, TRUSTS, File, with_files
from benchmarking.evidence_files import Upload, recognised, words_in
from benchmarking.store.evidence_files import sha256_of


@pytest.mark.parametrize("file", FILES.values(), ids=FILES)
def test_a_file_is_what_it_says_and_nobody_is_in_it(file: File):
    assert recognised(Upload(file.name, file.content), 100_000).id == file.file_type
    words = words_in(file.file_type, file.content)
    assert personal_details.kinds([words, file.name]) == ()
    assert b"Demonstration: fictional" in file.content
    assert len(file.content) < 2000


def test_the_files_are_the_same_on_every_machine():
    assert {name: sha256_of(file.content)[:16] for name, file in FILES.items()} == {
        "policy": "486ed1e11d4ff5f6",
        "records": "c9332acf0d0c9315",
        "independent-check": "d01c1c245509019b",
    }


def test_the_page_says_where_each_of_its_parts_begins():
    page = FILES["policy"].content
    table = page[page.index(b"xref") :].splitlines()[3:8]
    for number, line in enumerate(table, 1):
        assert page[int(line[:10]) :].startswith(f"{number} 0 obj".encode())


def test_three_trusts_have_some_files_and_every_piece_stays(drawn):
    with_some = with_files(drawn)
    for before, after in zip(drawn, with_some, strict=True):
        pieces = [piece for piece in after.whole.evidence if piece.file_sha256]
        assert len(pieces) <= OF_EACH_KIND * len(FILES)
        assert bool(pieces) <= (before.trust.code in TRUSTS)
        assert [p.evidence_id for p in after.whole.evidence] == [
            p.evidence_id for p in before.whole.evidence
        ]
    assert {one.trust.code for one in with_some if any(p.file_sha256 for p in one.whole.evidence)}


def test_whoever_looked_at_a_piece_is_a_role_and_did_so_once_it_was_there(drawn):
    pieces = [piece for one in with_files(drawn) for piece in one.whole.evidence]
    reviewed = [piece for piece in pieces if piece.reviewed_by]
    assert reviewed and all(piece.file_sha256 for piece in reviewed)
    assert all(p.saved_at and p.reviewed_on == p.saved_at.date() for p in reviewed)
