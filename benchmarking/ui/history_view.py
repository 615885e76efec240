"""What a question's answer and comment said before: who changed it when, from what to what."""

from markupsafe import Markup

from benchmarking.assessing import answer_history
from benchmarking.assessing.answer_history import Past
from benchmarking.assessing.sheets import Line, Sheet
from benchmarking.moments import moment_in_words
from benchmarking.standard import AnswerScale
from benchmarking.store.answer_history import Kind, Said, Save
from benchmarking.ui import html, show
from benchmarking.visit import Visit

_NAMES = {Kind.ANSWER: "answer", Kind.COMMENT: "comment"}


def offer(visit: Visit, sheet: Sheet, line: Line) -> None:
    """Every save of one question that is kept, the newest first."""
    past = answer_history.of_question(visit, sheet, line.key)
    if past.saves:
        revisions = {save.revision for save in past.saves}
        steps = [_step(save, line.scale, len(revisions) > 1) for save in past.saves]
        html.put(Markup('<ol class="bm-happened" reversed>{}</ol>').format(html.joined(steps)))
    for sentence in _unknown(past):
        show.note(sentence)
    if not past.saves and not past.unknown:
        show.note("Nothing has been saved here yet.")


def _unknown(past: Past) -> list[str]:
    """What happened before history was kept, as far as anybody knows."""
    return [
        f"The {_NAMES[kind]} was saved {_times(number)} before history was kept. Who saved it "
        f"then, and what it said, is not known."
        for kind, number in past.unknown.items()
    ]


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _step(save: Save, scale: AnswerScale, several: bool) -> Markup:
    revision = f", revision {save.revision} of the assessment" if several else ""
    head = Markup("<p>{}, {}{}</p>").format(moment_in_words(save.saved_at), save.author, revision)
    if save.kind is Kind.COMMENT:
        return Markup('<li class="bm-said">{}{}</li>').format(head, _comment(save))
    return Markup('<li class="bm-said">{}{}</li>').format(head, _answer(save, scale))


def _answer(save: Save, scale: AnswerScale) -> Markup:
    now = _in_words(save.new, scale)
    if save.carried_from:
        return Markup("<p><strong>{}</strong>, carried forward from {}</p>").format(
            now, save.carried_from
        )
    if save.old is None:
        return Markup("<p>First answer: <strong>{}</strong></p>").format(now)
    if save.old == save.new:
        return Markup("<p>Saved again unchanged: <strong>{}</strong></p>").format(now)
    return Markup("<p>From {} to <strong>{}</strong></p>").format(_in_words(save.old, scale), now)


def _in_words(said: Said, scale: AnswerScale) -> str:
    choice = scale.by_id.get(said.choice or "")
    if choice is None:
        return "an answer that is no longer offered"
    name = f"{choice.level} {choice.label}" if choice.level else choice.label
    return f"{name} (“{said.text}”)" if said.text else name


def _comment(save: Save) -> Markup:
    now = _quoted(save.new.text, "Comment", "Comment taken away")
    if save.old is None or not save.old.text:
        return now
    return now + _quoted(save.old.text, "Before", "")


def _quoted(text: str, name: str, empty: str) -> Markup:
    if not text:
        return Markup("<p>{}</p>").format(empty)
    return Markup("<p>{}:</p><blockquote>{}</blockquote>").format(name, text)
