"""What stands in the address opens nothing that a person may not see, and breaks nothing."""

from typing import Any

import pytest

from benchmarking.access import Role
from benchmarking.moments import utc_now
from benchmarking.people.accounts import DEMONSTRATION_ISSUER
from benchmarking.store import organisations, people
from benchmarking.store.database import AuditEntry
from dashboard import PAGES
from tests.pages import opening
from tests.pages.opening import ADMINISTRATOR, BOARD, INSPECTOR, LEAD, Door
from tests.pages.paper import PAGE, take_up

OWN = ["pages/everyone/home.py", PAGE, "pages/trusts/our_results.py", "pages/boards/overview.py"]
NONSENSE = ["", "../../etc", "<script>1</script>", "'; DROP TABLE answer", "é\0"]
NAMES = "trust cycle standard stage edition peers picked view type region year".split()
NAMES += ["person", "role"]
# Not the audit: it grows with every visit, so no two looks at it are the same.
READERS = {
    "pages/inspectors/compare.py": INSPECTOR,
    "pages/admin/people.py": ADMINISTRATOR,
    "pages/admin/cycles.py": ADMINISTRATOR,
}
COMPLAINTS = "pages/everyone/published_complaints.py"
SECRET = "Zaunkoenig-7431"


@pytest.mark.parametrize("page", OWN)
def test_another_trusts_code_in_the_address_opens_nothing_of_that_trust(
    looking: Door, page: str
) -> None:
    plain = opening.shown(looking.open(page, LEAD))
    asked = opening.shown(looking.open(page, LEAD, trust="DEMO-08"))
    assert asked == plain
    assert "DEMO-08" not in str(asked)


@pytest.mark.parametrize("page", [page.file for page in PAGES])
def test_nonsense_in_the_address_is_the_same_as_nothing(looking: Door, page: str) -> None:
    who = READERS.get(page, LEAD)
    # That page says of a code that no trust has it; see below.
    names = [name for name in NAMES if (page, name) != (COMPLAINTS, "trust")]
    plain = opening.shown(looking.open(page, who))
    for value in NONSENSE:
        opened = looking.open(page, who, **dict.fromkeys(names, value))
        assert not opened.exception, value
        assert opening.shown(opened) == plain, value


@pytest.mark.parametrize("value", NONSENSE[1:])
def test_a_code_that_no_trust_has_is_told_so_and_shown_as_text(looking: Door, value: str) -> None:
    opened = looking.open(COMPLAINTS, LEAD, trust=value)
    assert not opened.exception
    said = opening.told(opened)
    assert "No NHS trust has the code " in said and "Look the trust up by its name." in said
    assert "<script>" not in said


def test_no_fictional_trust_stands_among_the_published_complaints(looking: Door) -> None:
    opened = looking.open(COMPLAINTS, ADMINISTRATOR, trust="DEMO-07", picked="DEMO-07.DEMO-08")
    assert not opened.exception
    assert "Northbrackle" not in opening.everything(opened)
    assert [box.value for box in opened.selectbox if box.label == "Trust"] == [None]


def test_who_works_for_two_trusts_chooses_between_these_and_no_others(door: Door) -> None:
    entry = AuditEntry(0, "add person", "tests", utc_now())
    with door.running.database.writing(entry) as writing:
        number = people.add(writing, DEMONSTRATION_ISSUER, "both", "Group lead")
        for code in ("DEMO-07", "DEMO-09"):
            trust = organisations.find(writing, code)
            assert trust is not None
            people.grant(writing, number, Role.TRUST_LEAD, trust.code, utc_now())
    page = door.open(PAGE, "both", trust="DEMO-08")
    (chooser,) = [box for box in page.selectbox if box.label == "Trust"]
    assert (chooser.options, chooser.value) == (["DEMO-07", "DEMO-09"], "DEMO-07")
    page = door.open(PAGE, "both", trust="DEMO-09")
    assert {radio.key.split(".")[1] for radio in page.radio if radio.key} == {"DEMO-09"}


def test_what_is_half_typed_for_one_trust_does_not_cross_to_the_other(door: Door) -> None:
    """Every field's key names the trust."""
    paper = take_up(door, "5").open("comment", "5.1")
    keys = [str(field.key) for kind in ("radio", "text_area") for field in paper.page.get(kind)]
    assert len(keys) == 5
    assert all(".DEMO-07." in key for key in keys)


@pytest.fixture
def secret(door: Door) -> Door:
    """DEMO-07's draft holds a word that stands nowhere else: comment, evidence."""
    paper = take_up(door, "5").open("comment", "5.1").fill(Comment=f"Comment {SECRET}").run()
    paper.open("evidence", "5.3").fill(Add_evidence="policy").run()
    paper.fill(Title=f"Evidence {SECRET}", Note=SECRET).press("Add this evidence")
    assert paper.text.count(SECRET) >= 3, "who works on it reads it"
    return door


@pytest.mark.parametrize(
    "who", [BOARD, INSPECTOR, "trust-lead.DEMO-08", "administrator", opening.STRANGER]
)
def test_a_draft_is_read_by_nobody_outside_the_assessment(secret: Door, who: str | None) -> None:
    browser: Any = secret.open("pages/everyone/home.py", who)
    for page in PAGES:
        browser.switch_page(page.file)
        for name, value in (("trust", "DEMO-07"), ("view", "One trust")):
            browser.query_params[name] = value
        browser.run()
        everything = opening.everything(browser)
        assert len(everything) > 100
        assert SECRET not in everything, page.file
