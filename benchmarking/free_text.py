"""Free text on its way into the database: what may tell who somebody is, is kept only if confirmed.

A flag is not stored. Whether a text may hold personal details is found anew whenever it is read,
so that the flag cannot fall behind the text, or behind what is looked for. What the audit keeps is
that somebody confirmed, and of what kinds.
"""

from hashlib import blake2b

from benchmarking import personal_details
from benchmarking.assessing.drafts import CannotSave
from benchmarking.personal_details import Kind
from benchmarking.visit import Visit


class NeedsConfirmation(CannotSave):
    """Something in the texts may tell who somebody is. Nothing was saved yet.

    ``mark`` stands for these very texts: handed back in a visit that confirms, it saves them, and
    no others.
    """

    def __init__(self, typed: tuple[Kind, ...], in_file: tuple[Kind, ...], mark: str):
        said = [
            f"{what} {personal_details.in_words(found)}."
            for what, found in (("This looks like", typed), ("The file seems to hold", in_file))
            if found
        ]
        them = "it" if len({*typed, *in_file}) == 1 else "them"
        super().__init__(f"{' '.join(said)} Take {them} out, or save it as it is.")
        self.mark = mark


def confirmed(
    visit: Visit, *texts: str, file: str = "", before: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """What the audit entry says of some texts: what was confirmed, or nothing.

    Asks no permission; the use case that saves them has.

    Args:
        visit: who saves them; it confirms where it carries the mark of these very texts.
        texts: what was typed, as it will be kept.
        file: the words in a file that goes with it.
        before: texts as they are stored. One that stays as it is, is not asked about again.

    Raises:
        NeedsConfirmation: something may tell who somebody is, and nobody has confirmed it.
    """
    new = [text for text in texts if text not in before]
    typed, in_file = personal_details.kinds(new), personal_details.kinds([file])
    if not typed and not in_file:
        return ()
    mark = _mark([*new, file])
    if visit.confirmed != mark:
        raise NeedsConfirmation(typed, in_file, mark)
    found = [kind for kind in Kind if kind in (*typed, *in_file)]
    return (f"confirmed: {personal_details.in_words(found)}",)


def _mark(texts: list[str]) -> str:
    said = "\0".join(texts).encode("utf-8", "surrogatepass")
    return blake2b(said, digest_size=16).hexdigest()
