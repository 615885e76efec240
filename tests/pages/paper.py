"""An assessment page as a person works on it: find a question, touch it, read what it says."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button, Radio

from benchmarking.answers import ItemKey
from benchmarking.assessing import assessments
from benchmarking.assessing.sheets import Line, Sheet
from benchmarking.people import accounts
from tests.pages import opening
from tests.pages.opening import Door

PAGE = "pages/trusts/assessment.py"


@dataclass(frozen=True)
class Paper:
    """One browser on one stage of DEMO-07's assessment."""

    door: Door
    subject: str
    page: AppTest

    def question(self, number: str) -> Radio:
        return _ending(self.page.radio, f".sa-{number}")

    def choose(self, number: str, choice: str) -> "Paper":
        """Answers a question and waits until the page has been drawn anew."""
        self.door.sign_in(self.subject)
        self.question(number).set_value(choice)
        self.page.run()
        return self

    def press(self, label: str) -> "Paper":
        self.door.sign_in(self.subject)
        self.button(label).click()
        self.page.run()
        return self

    def button(self, label: str) -> Button:
        (found,) = [button for button in self.page.button if button.label == label]
        return found

    def open(self, panel: str, number: str) -> "Paper":
        """Opens evidence, action, comment or help of a question."""
        self.door.sign_in(self.subject)
        _ending(self.page.get("button_group"), f".sa-{number}", "more.").set_value(panel)
        self.page.run()
        return self

    @property
    def fields(self) -> list[Any]:
        """Everything that can be filled in, but for choices."""
        kinds = ("text_area", "text_input", "number_input", "checkbox", "date_input", "selectbox")
        return [field for kind in kinds for field in self.page.get(kind)]

    def field(self, label: str) -> Any:
        """The field with this label, of whatever kind."""
        (found,) = [field for field in self.fields if field.label == label]
        return found

    def fill(self, **values: str | int | bool | date) -> "Paper":
        """Fills fields, each named by the beginning of its label with _ for a space."""
        fields = self.fields
        for start, value in values.items():
            (found,) = [f for f in fields if f.label.startswith(start.replace("_", " "))]
            found.set_value(value)
        return self

    @property
    def both_values(self) -> list[str]:
        """What is stored and what is mine, where both are shown."""
        shown: list[Any] = list(self.page.get("text"))
        return [text.value for text in shown]

    def run(self) -> "Paper":
        self.door.sign_in(self.subject)
        self.page.run()
        return self

    @property
    def text(self) -> str:
        return opening.text(self.page)

    def sheet(self) -> Sheet:
        """The assessment as it is stored."""
        token = accounts.sign_in_as(self.door.running, opening.LEAD)
        visit = accounts.visit_by(self.door.running, token)
        return assessments.open_sheet(visit, "DEMO-07")

    def stored(self, number: str) -> Line:
        """A question as it is stored."""
        return self.sheet().line(key_of(number))


def take_up(door: Door, stage: str, subject: str = opening.LEAD) -> Paper:
    """A browser of this person on a stage, such as 5."""
    page = door.open(PAGE, subject, standard="my-expectations", stage=f"me-{stage}")
    assert not page.exception
    return Paper(door, subject, page)


def key_of(number: str) -> ItemKey:
    return ItemKey("my-expectations", f"sa-{number}")


def _ending(found: Iterator[Any] | Any, end: str, start: str = "") -> Any:
    (one,) = [e for e in found if e.key and e.key.endswith(end) and e.key.startswith(start)]
    return one
