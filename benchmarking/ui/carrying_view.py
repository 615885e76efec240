"""Starting from last cycle's answers, and finding each of them still right."""

from markupsafe import Markup

from benchmarking.access import Action, can
from benchmarking.assessing import carrying
from benchmarking.assessing.sheets import Line, Sheet
from benchmarking.ui import confirming, saving
from benchmarking.ui.confirming import Asked
from benchmarking.visit import Visit


def offer(visit: Visit, sheet: Sheet) -> None:
    """For the trust lead: last cycle's answers as a beginning, while questions have none."""
    if not (sheet.takes_changes and can(visit.person, Action.SUBMIT, sheet.trust.code)):
        return
    number = len(carrying.offered(sheet))
    if not number or sheet.last_cycle is None:
        return
    place = saving.place(f"carry.{sheet.trust.code}.{sheet.cycle.cycle_id}.{sheet.scope}")
    confirming.offer(
        place,
        _asked(sheet, number, sheet.last_cycle.title),
        lambda asking: carrying.carry_forward(asking, sheet),
        primary=False,
    )
    confirming.show_trouble(place)


def _asked(sheet: Sheet, number: int, cycle: str) -> Asked:
    answers = "1 answer" if number == 1 else f"{number} answers"
    copied = "is copied to the question" if number == 1 else "are copied to the questions"
    return Asked(
        "carry",
        "Start from last cycle’s answers",
        f"{answers} of {cycle} {copied} that have none yet, with the reasons for “not applicable”. "
        f"Each is marked “not reconfirmed” until somebody saves it here, and the assessment cannot "
        f"be submitted before. Evidence and actions are not copied. {_new_edition(sheet)}"
        f"Copy them now?",
        "Yes, copy them",
    )


def _new_edition(sheet: Sheet) -> str:
    changed = "; ".join(carrying.changed_editions(sheet))
    return f"There is a new edition since then ({changed}), so read each anew. " if changed else ""


def carried(sheet: Sheet, line: Line) -> Markup:
    """The note under an answer that was taken over and not saved since; empty otherwise."""
    if line.carried is None:
        return Markup("")
    now, _ = sheet.cycle.edition_of(line.key.standard_id)
    given = line.carried.edition
    other = f" It was given to edition {given}; now {now} is asked." if given != now else ""
    return Markup(
        '<p class="bm-note alert"><strong>Not reconfirmed.</strong> This is the answer of {}, '
        "carried forward.{} Choose another answer, or say that it is still right.</p>"
    ).format(line.carried.cycle, other)
