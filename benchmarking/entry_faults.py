"""What is wrong in a form, field by field, so that each sentence can stand beside its field."""

from collections.abc import Mapping

from benchmarking.assessing.drafts import CannotSave
from benchmarking.texts import UnusableText, cleaned


class EntryFaults(CannotSave):
    """What was entered cannot be kept: one sentence for each field. Nothing was changed."""

    def __init__(self, by_field: Mapping[str, str]):
        super().__init__(" ".join(by_field.values()))
        self.by_field = by_field


def refuse(faults: Mapping[str, str]) -> None:
    """Passes silently where no field has a sentence that is not empty.

    Raises:
        EntryFaults: one has.
    """
    found = {field: sentence for field, sentence in faults.items() if sentence}
    if found:
        raise EntryFaults(found)


def text_or_fault(text: str, longest: int, name: str, missing: str) -> tuple[str, str]:
    """A text as it is kept, and what is wrong with it: empty where nothing is.

    Args:
        text: what was typed.
        longest: the most characters that are kept.
        name: what it is called in a message ("The title").
        missing: what is said where nothing was typed.
    """
    try:
        kept = cleaned(text, longest, name)
    except UnusableText as problem:
        return "", str(problem)
    return kept, "" if kept else missing
