"""How a trust records its monthly figures, its targets, and where its limits begin anew."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from benchmarking import free_text
from benchmarking.access import Action, check_can
from benchmarking.answers import Organisation
from benchmarking.assessing.drafts import CannotSave, kept_text
from benchmarking.assessing.sheets import NotThere, trust_of
from benchmarking.series import MonthlyFigure, Rebase, Target, shipped
from benchmarking.series.months import EARLIEST, last_ended, later, listed_months, month_in_words
from benchmarking.series.recorded import Change, Difference, difference
from benchmarking.store import monthly
from benchmarking.store.database import Writing
from benchmarking.store.monthly import Saved
from benchmarking.visit import Visit

LONGEST_REASON = 500
LARGEST = 9_999_999
# A target may be set ahead, for the year to come.
MONTHS_AHEAD = 13
_MOST_NAMED = 20


@dataclass(frozen=True)
class Proposal:
    """What recording would do, shown before anything is done.

    ``difference`` knows the revisions that it was worked out over, so that a colleague's change
    in between is found. ``not_filled_in`` counts rows of a file without figures, ``set_aside``
    names columns of it that are not read.
    """

    trust_code: str
    difference: Difference
    not_filled_in: int = 0
    set_aside: tuple[str, ...] = ()

    @property
    def in_words(self) -> str:
        """How many figures are new, change or are stored already, in a sentence."""
        same = len(self.difference.same)
        if self.difference.is_nothing:
            stored = "figure is" if same == 1 else "figures are"
            return f"{same:,} {stored} stored already, so there is nothing to change."
        kinds = (
            (len(self.difference.new), "new"),
            (len(self.difference.changed), "changed"),
            (same, "stored already"),
        )
        return f"Monthly figures: {', '.join(f'{many:,} {kind}' for many, kind in kinds if many)}."

    @property
    def changes(self) -> tuple[str, ...]:
        """Each figure that changes: the old one and the new one."""
        return tuple(change_in_words(change) for change in self.difference.changed)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What was passed over in a file, a sentence each."""
        many = self.not_filled_in
        rows = "1 row without figures was" if many == 1 else f"{many:,} rows without figures were"
        said = [f"{rows} left out."] if many else []
        if self.set_aside:
            said.append(f"Not read: {', '.join(self.set_aside)}.")
        return tuple(said)


def store(visit: Visit, proposal: Proposal) -> str:
    """Stores what was proposed; what was done, in a sentence.

    Raises:
        Refused: the person may not record this trust's figures.
        CannotSave: a colleague has changed one of the months since. Nothing was stored then.
    """
    check_can(visit.person, Action.RECORD_FIGURES, proposal.trust_code)
    found = proposal.difference
    if found.is_nothing:
        return proposal.in_words
    entry = visit.audit("record monthly figures", proposal.trust_code, in_audit(found))
    with visit.database.writing(entry) as writing:
        trust = trust_of(writing, proposal.trust_code)
        _check_fresh(monthly.record_of(writing, trust.organisation_id).figures, found)
        add(writing, trust, found)
    return f"Stored. {proposal.in_words}"


def record_month(visit: Visit, trust_code: str, figure: MonthlyFigure) -> str:
    """Stores one month over the revision that its figure carries (0: there was none).

    Raises:
        Refused: the person may not record this trust's figures.
        CannotSave: it cannot be right, or a colleague has changed the month since.
    """
    check_can(visit.person, Action.RECORD_FIGURES, trust_code)
    _check_figure(figure, visit.today)
    with visit.database.reading() as reading:
        stored = monthly.record_of(reading, trust_of(reading, trust_code).organisation_id).figures
    before = next((one for one in stored if one.key == figure.key), None)
    if (before.figure_revision if before else 0) != figure.figure_revision:
        raise CannotSave(_somebody_else([figure.month]))
    return store(visit, Proposal(trust_code, difference(stored, [figure])))


def set_target(visit: Visit, trust_code: str, target: Target) -> None:
    """Sets what a trust aims at from a month on; nothing any longer, where percent is None.

    Raises:
        Refused: the person may not record this trust's figures.
        CannotSave: it cannot be right, or a colleague has set another one for that month.
    """
    check_can(visit.person, Action.RECORD_FIGURES, trust_code)
    _check_series(target.series_id)
    latest = later(last_ended(visit.today), MONTHS_AHEAD)
    _check_month(target.from_month, latest)
    if target.percent is not None and not 0 <= target.percent <= 100:
        raise CannotSave("A target is a percent. Write a number from 0 to 100.")
    _save_target(visit, trust_code, target)


def withdraw_target(visit: Visit, trust_code: str, target: Target) -> None:
    """Takes a target back, as if it had never been set; raises as ``set_target``."""
    check_can(visit.person, Action.RECORD_FIGURES, trust_code)
    _save_target(visit, trust_code, target, is_withdrawn=True)


def begin_anew(visit: Visit, trust_code: str, rebase: Rebase) -> None:
    """Lets the limits of a series be worked out anew from a month on.

    Raises:
        Refused: the person may not record this trust's figures.
        CannotSave: no reason is given, no month is recorded before it, or a colleague has
            said something else about that month.
        NeedsConfirmation: the reason may tell who somebody is.
    """
    check_can(visit.person, Action.RECORD_FIGURES, trust_code)
    _check_series(rebase.series_id)
    _check_month(rebase.from_month, last_ended(visit.today))
    reason = kept_text(rebase.reason, LONGEST_REASON, "The reason")
    if not reason:
        raise CannotSave(
            "Say what was changed in this month. New limits without a change that you can name "
            "hide what the chart is there to show."
        )
    confirmed = free_text.confirmed(visit, reason)
    _save_rebase(visit, trust_code, replace(rebase, reason=reason), *confirmed)


def withdraw_rebase(visit: Visit, trust_code: str, rebase: Rebase) -> None:
    """Takes a new beginning back, as if it had never been set; raises as ``begin_anew``."""
    check_can(visit.person, Action.RECORD_FIGURES, trust_code)
    _save_rebase(visit, trust_code, rebase, is_withdrawn=True)


def add(writing: Writing, trust: Organisation, found: Difference) -> None:
    """Adds what is new and what changes, in the name of the person in the audit entry."""
    who, when = writing.audit.person_id, writing.audit.at
    changed = [
        replace(change.after, figure_revision=change.before.figure_revision)
        for change in found.changed
    ]
    figures = [*(replace(figure, figure_revision=0) for figure in found.new), *changed]
    monthly.add_figures(
        writing,
        [
            Saved(
                trust.organisation_id, replace(f, figure_revision=f.figure_revision + 1), who, when
            )
            for f in figures
        ],
    )


def change_in_words(change: Change) -> str:
    """A figure that changes: "Answered in time, April 2026: 18 of 22 becomes 19 of 22."."""
    name = next(series.short_title for series in shipped() if series.id == change.after.series_id)
    before, after = change.before, change.after
    return (
        f"{name}, {month_in_words(after.month)}: {before.in_time:,} of {before.due:,} becomes "
        f"{after.in_time:,} of {after.due:,}."
    )


def in_audit(found: Difference) -> str:
    """What an audit entry says of figures that were recorded: how many, and which changed."""
    named = [f"{c.after.series_id} {c.after.month:%Y-%m}" for c in found.changed[:_MOST_NAMED]]
    more = len(found.changed) - len(named)
    listed = ", ".join([*named, f"{more} more"] if more else named)
    counted = f"{len(found.new)} new, {len(found.changed)} changed"
    return f"{counted}: {listed}" if listed else counted


def _check_fresh(stored: Sequence[MonthlyFigure], found: Difference) -> None:
    """Passes where each month is as it was when the proposal was made."""
    now = {figure.key: figure.figure_revision for figure in stored}
    seen = {figure.key: 0 for figure in found.new}
    seen |= {change.before.key: change.before.figure_revision for change in found.changed}
    stale = sorted({key[1] for key, revision in seen.items() if now.get(key, 0) != revision})
    if stale:
        raise CannotSave(_somebody_else(stale))


def _somebody_else(months: Sequence[date]) -> str:
    return (
        f"A colleague has changed the figures of {listed_months(months)} in the meantime. Nothing "
        f"was stored. Look at what is stored now, and decide again."
    )


def _check_figure(figure: MonthlyFigure, today: date) -> None:
    _check_series(figure.series_id)
    _check_month(figure.month, last_ended(today))
    if not 0 <= figure.in_time <= LARGEST or not 0 <= figure.due <= LARGEST:
        raise CannotSave(f"A count must lie between 0 and {LARGEST:,}. Correct it.")
    if figure.in_time > figure.due:
        raise CannotSave(
            f"{figure.in_time:,} in time of {figure.due:,} due cannot be right. Correct one of "
            f"the two."
        )


def _check_series(series_id: str) -> None:
    if series_id not in {series.id for series in shipped()}:
        raise NotThere("There is no such series. Choose one of those shown.")


def _check_month(month: date, latest: date) -> None:
    if month.day != 1 or not EARLIEST <= month <= latest:
        first, last = month_in_words(EARLIEST), month_in_words(latest)
        raise CannotSave(f"Choose a month from {first} to {last}.")


def _save_target(
    visit: Visit, trust_code: str, target: Target, *, is_withdrawn: bool = False
) -> None:
    about = _subject(trust_code, target.series_id, target.from_month)
    percent = "none" if target.percent is None else f"{target.percent:g}"
    doing = "withdraw a monthly target" if is_withdrawn else "set a monthly target"
    with visit.database.writing(visit.audit(doing, about, percent)) as writing:
        number = trust_of(writing, trust_code).organisation_id
        standing = monthly.record_of(writing, number).of_series(target.series_id).targets
        seen = {one.from_month: one.target_revision for one in standing}
        if seen.get(target.from_month, 0) != target.target_revision:
            raise CannotSave(_somebody_else([target.from_month]))
        revision = monthly.next_revision(
            writing, "monthly_target", number, target.series_id, target.from_month
        )
        saved = replace(target, target_revision=revision)
        row = Saved(number, saved, visit.person.person_id, visit.now, is_withdrawn)
        monthly.add_targets(writing, [row])


def _save_rebase(
    visit: Visit, trust_code: str, rebase: Rebase, *confirmed: str, is_withdrawn: bool = False
) -> None:
    about = _subject(trust_code, rebase.series_id, rebase.from_month)
    doing = "withdraw new limits" if is_withdrawn else "begin new limits"
    with visit.database.writing(visit.audit(doing, about, *confirmed)) as writing:
        number = trust_of(writing, trust_code).organisation_id
        record = monthly.record_of(writing, number).of_series(rebase.series_id)
        seen = {one.from_month: one.rebase_revision for one in record.rebases}
        if seen.get(rebase.from_month, 0) != rebase.rebase_revision:
            raise CannotSave(_somebody_else([rebase.from_month]))
        if not is_withdrawn and not any(f.month < rebase.from_month for f in record.figures):
            raise CannotSave(
                "No month before this one is recorded, so there are no limits yet that could "
                "begin anew. Choose a later month."
            )
        revision = monthly.next_revision(
            writing, "monthly_rebase", number, rebase.series_id, rebase.from_month
        )
        saved = replace(rebase, rebase_revision=revision)
        row = Saved(number, saved, visit.person.person_id, visit.now, is_withdrawn)
        monthly.add_rebases(writing, [row])


def _subject(trust_code: str, series_id: str, month: date) -> str:
    """What an audit entry calls one month of one series of one trust."""
    return f"{trust_code} {series_id} {month:%Y-%m}"
