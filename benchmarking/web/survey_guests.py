"""Who is on the pages of the survey: somebody with a link, or somebody of the trust who looks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from benchmarking.survey import hosted_survey
from benchmarking.survey.hosted_survey import Asked, Hosted
from benchmarking.visit import Visit

LINK, PREVIEW = "/reply/{token}", "/reply/preview/{trust}/{cycle}"
Choices = Mapping[str, str | None]


class Guest(Protocol):
    """What the pages ask of whoever is on them. ``base`` is the address before each page's own."""

    @property
    def base(self) -> str: ...

    @property
    def is_preview(self) -> bool: ...

    def hosted(self) -> Hosted:
        """The survey; raises as ``hosted_survey`` says."""
        ...

    def answer(self, choices: Choices) -> None: ...

    def say_more(self, equality: Choices, comment: str | None) -> None: ...

    def send(self) -> None: ...

    def decline(self) -> None: ...


@dataclass(frozen=True)
class WithLink:
    """Somebody who was invited."""

    asked: Asked
    token: str
    is_preview: bool = False

    @property
    def base(self) -> str:
        return LINK.replace("{token}", self.token)

    def hosted(self) -> Hosted:
        return hosted_survey.open_link(self.asked, self.token)

    def answer(self, choices: Choices) -> None:
        hosted_survey.answer(self.asked, self.token, choices)

    def say_more(self, equality: Choices, comment: str | None) -> None:
        hosted_survey.say_more(self.asked, self.token, equality, comment)

    def send(self) -> None:
        hosted_survey.send(self.asked, self.token)

    def decline(self) -> None:
        hosted_survey.decline(self.asked, self.token)


@dataclass(frozen=True)
class Looking:
    """Somebody of the trust who looks at the survey. Nothing that they enter is kept."""

    visit: Visit
    trust: str
    cycle: str
    is_preview: bool = True

    @property
    def base(self) -> str:
        return PREVIEW.replace("{trust}", self.trust).replace("{cycle}", self.cycle)

    def hosted(self) -> Hosted:
        return hosted_survey.preview(self.visit, self.trust, self.cycle)

    def answer(self, choices: Choices) -> None:
        self.hosted()

    def say_more(self, equality: Choices, comment: str | None) -> None:
        self.hosted()

    def send(self) -> None:
        self.hosted()

    def decline(self) -> None:
        self.hosted()
