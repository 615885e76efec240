"""What a closed file review found, item by item, as far as it may be shown.

Shares are of the agreed answers, agreement is of the two first readings. Both follow the
three-step rule, each with its own number of files.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from math import nan

from benchmarking.access import Action, check_can
from benchmarking.answers import Cycle
from benchmarking.assessing.sheets import trust_of
from benchmarking.file_review.file_reading import Group, choice_of, groups_of
from benchmarking.file_review.reviews import Instrument, instrument_of
from benchmarking.keeping import Keep, afresh
from benchmarking.moments import in_words
from benchmarking.reviewed_files import Finding, Review
from benchmarking.standard import ReviewItem
from benchmarking.statistics.agreement import Agreement, Kappa, agreement
from benchmarking.statistics.disclosure import (
    Coarse,
    InFull,
    Shown,
    base_in_words,
    three_step,
)
from benchmarking.statistics.disclosure.rules import IN_FULL_FROM
from benchmarking.statistics.intervals import wilson
from benchmarking.store import file_reviews, installation
from benchmarking.store.installation import Kind
from benchmarking.visit import Visit
from benchmarking.voices import heard
from benchmarking.voices.heard import Limits

NOUN = "files"
KAPPA = (
    "Kappa is agreement beyond chance, with linear weights: one step from no over partly to yes "
    "costs as much as the other, because only yes counts as shown, so the step from partly to yes "
    "matters as much. Not applicable is left out of it. Its interval is by drawing the files again."
)
RULE = (
    "Under 10 files nothing is shown, from 10 to 29 the share to the nearest 5%, from 30 "
    "everything with 95% Wilson intervals."
)


@dataclass(frozen=True)
class ItemFinding:
    """What files show about one item, and how far the two readers agreed at first.

    ``base`` says of how many files. ``partly`` and ``limits`` are None but beside a share in
    full; ``kappa`` is None where too few files have two answers with a value. ``differs`` has
    the pair of answers in which readers differed most, where that may be told.
    ``is_settled`` is false where they agreed too seldom: then the item is not ranked.
    """

    item: ReviewItem
    shown: Shown
    base: str
    limits: Limits | None
    partly: Shown | None
    same: Shown
    same_limits: Limits | None
    kappa: Kappa | None
    differs: str
    is_settled: bool

    @property
    def share(self) -> float | None:
        """Where its mark stands, from 0 to 1: no more than what is shown."""
        if isinstance(self.shown, Coarse):
            return self.shown.percent / 100
        if isinstance(self.shown, InFull) and self.shown.out_of:
            return self.shown.part / self.shown.out_of
        return None

    @property
    def same_share(self) -> float | None:
        """The readers' first agreement, from 0 to 1: no more than what is shown."""
        if isinstance(self.same, Coarse):
            return self.same.percent / 100
        return self.same.part / self.same.out_of if isinstance(self.same, InFull) else None


@dataclass(frozen=True)
class FoundGroup:
    """Items that are shown together: the ranked ones by their share, then those that are not."""

    id: str
    title: str
    ranked: tuple[ItemFinding, ...]
    not_ranked: tuple[ItemFinding, ...]

    @property
    def findings(self) -> tuple[ItemFinding, ...]:
        return (*self.ranked, *self.not_ranked)


@dataclass(frozen=True)
class FileFindings:
    """Everything that a closed review found, with what stands under it."""

    review: Review
    bar: float
    groups: tuple[FoundGroup, ...]
    sentence: str
    small_print: tuple[str, ...]

    @property
    def findings(self) -> tuple[ItemFinding, ...]:
        return tuple(finding for group in self.groups for finding in group.findings)

    @property
    def base(self) -> str:
        """How many files were read, of how many, as far as that may be told."""
        frame = f"{self.review.frame_size:,} closed complaints"
        return f"{base_in_words(self.review.files, NOUN)} read, drawn from {frame}"

    @property
    def apart(self) -> tuple[ItemFinding, ...]:
        """Items by how seldom the two readers agreed at first, where that may be told."""
        told = [one for one in self.findings if one.same_share is not None]
        return tuple(sorted(told, key=lambda one: one.same_share or 0))


def found(visit: Visit, trust_code: str, cycle: Cycle, keep: Keep = afresh) -> FileFindings | None:
    """What the newest closed review of a trust in a cycle found; None where there is none.

    Raises:
        Refused: the person has no part in file reviews of this trust.
        NotThere: no such trust.
    """
    check_can(visit.person, Action.REVIEW_FILES, trust_code)
    instrument = instrument_of(visit.library, cycle)
    with visit.database.reading() as reading:
        trust = trust_of(reading, trust_code)
        review = file_reviews.newest_closed(reading, trust.organisation_id, cycle.cycle_id)
        if review is None or instrument is None:
            return None
        rows = file_reviews.findings_of(reading, review.review_id)
        fictional = installation.kind_of(reading) is Kind.DEMONSTRATION
    # A closed review never changes.
    key = ("file findings", trust_code, review.review_id, review.state_since)
    return keep(key, partial(work_out, instrument, review, rows, fictional=fictional))


def work_out(
    instrument: Instrument, review: Review, rows: Sequence[Finding], *, fictional: bool = False
) -> FileFindings:
    """The findings of a review; the caller has checked that the person may see them."""
    bar = instrument.review.agreement.share
    of_item = {item.id: _of_item(instrument, review, item, rows) for item in _items(instrument)}
    groups = tuple(_group(group, list(of_item.values())) for group in _parts(instrument))
    return FileFindings(
        review, bar, groups, _sentence(groups), _small_print(instrument, review, fictional)
    )


def _items(instrument: Instrument) -> tuple[ReviewItem, ...]:
    return instrument.review.items


def _parts(instrument: Instrument) -> tuple[Group, ...]:
    """What is ranked together: all that is about statements, then the other groups."""
    about = instrument.review.statements
    others = [group for group in groups_of(instrument) if group.items[0] not in about]
    return (Group("statements", "What files show of the statements", "Statements", about), *others)


def _of_item(
    instrument: Instrument, review: Review, item: ReviewItem, rows: Sequence[Finding]
) -> ItemFinding:
    mine = [row for row in rows if row.item_id == item.id]
    valued = [row for row in mine if row.agreed <= review.top]
    yes = sum(row.files for row in valued if row.agreed >= review.shown_from)
    partly = sum(row.files for row in valued if 1 < row.agreed < review.shown_from)
    out_of = sum(row.files for row in valued)
    same = sum(row.files for row in mine if row.first == row.second)
    pairs = sum(row.files for row in mine)
    shown, alike = three_step(yes, out_of), three_step(same, pairs)
    in_full = isinstance(shown, InFull)
    return ItemFinding(
        item=item,
        shown=shown,
        base=base_in_words(out_of, NOUN),
        limits=_limits(shown),
        partly=three_step(partly, out_of) if in_full else None,
        same=alike,
        same_limits=_limits(alike),
        kappa=_kappa(mine, review.top),
        differs=_most_often(instrument, mine) if isinstance(alike, InFull) else "",
        is_settled=heard.agree_enough(alike, instrument.review.agreement.share),
    )


def _limits(shown: Shown) -> Limits | None:
    if not isinstance(shown, InFull) or not shown.out_of:
        return None
    limits = wilson(shown.part, shown.out_of)
    return Limits(float(limits.low), float(limits.high))


def _kappa(rows: Sequence[Finding], top: int) -> Kappa | None:
    """Linear kappa of the pairs that both have a value; None under 30 of them, or without one."""
    pairs = [(row.first, row.second) for row in rows for _ in range(row.files)]
    valued = [pair for pair in pairs if max(pair) <= top]
    if len(valued) < IN_FULL_FROM:
        return None
    first = [a if a <= top else nan for a, _ in valued]
    second = [b if b <= top else nan for _, b in valued]
    told = agreement(first, second, levels=top)
    linear = told.linear if isinstance(told, Agreement) else None
    return linear if isinstance(linear, Kappa) else None


def _most_often(instrument: Instrument, rows: Sequence[Finding]) -> str:
    """The pair of answers in which the readers differed most, as "Partly and Yes (6 files)"."""
    times: Counter[tuple[int, int]] = Counter()
    for row in rows:
        if row.first != row.second:
            times[min(row.first, row.second), max(row.first, row.second)] += row.files
    if not times:
        return ""
    pair, files = max(times.items(), key=lambda one: (one[1], one[0]))
    scale = instrument.scale
    one, other = (scale.by_id[choice_of(scale, number)].label for number in pair)
    return f"{one} and {other.lower()} ({files} file{'' if files == 1 else 's'})"


def _group(group: Group, findings: Sequence[ItemFinding]) -> FoundGroup:
    mine = [one for one in findings if one.item in group.items]
    ranked = [one for one in mine if one.share is not None and one.is_settled]
    # By what is shown, never by what is not: the order would tell more than the figures.
    ranked.sort(key=lambda one: -(one.share or 0))
    others = tuple(one for one in mine if one not in ranked)
    return FoundGroup(group.id, group.title, tuple(ranked), others)


def _sentence(groups: Sequence[FoundGroup]) -> str:
    """What files show most and least often, and where readers disagreed."""
    ranked = sorted(
        (one for group in groups for one in group.ranked), key=lambda one: -(one.share or 0)
    )
    every = [one for group in groups for one in group.findings]
    if not any(one.share is not None for one in every):
        return "Too few files were read for anything to be told of what they show."
    unsettled = sum(not one.is_settled and one.share is not None for one in every)
    told = []
    if ranked and ranked[0].share != ranked[-1].share:
        told.append(f"Files show {ends_in_words(ranked)}.")
    if unsettled:
        many = "1 item is" if unsettled == 1 else f"{unsettled} items are"
        told.append(f"{many} not ranked, because the two readers agreed too seldom.")
    return " ".join(told)


def ends_in_words(ranked: Sequence[ItemFinding]) -> str:
    """What is shown most often and least often, of items in the order of their shares."""
    most, least = ranked[0], ranked[-1]
    return (
        f"{_alike(ranked, most)} most often, {most.shown.in_words()}, and "
        f"{_alike(ranked, least)} least often, {least.shown.in_words()}"
    )


def _alike(ranked: Sequence[ItemFinding], one: ItemFinding) -> str:
    """An item, and how many others have the same share."""
    others = sum(other.share == one.share for other in ranked) - 1
    so = "" if not others else " and one other" if others == 1 else f" and {others} others"
    return f"“{one.item.title}”{so}"


def _small_print(instrument: Instrument, review: Review, fictional: bool) -> tuple[str, ...]:
    standard, bar = instrument.standard, instrument.review.agreement
    lines = (
        "Demonstration: fictional trusts." if fictional else "",
        f"{base_in_words(review.files, NOUN).capitalize()} drawn at random of "
        f"{review.frame_size:,} complaints closed from {in_words(review.closed_from)} to "
        f"{in_words(review.closed_to)}; closed on {in_words(review.state_since.date())}.",
        "Two readers read each file without seeing what the other said; where they differed, "
        "they agreed on an answer. Shares are of agreed answers, without not applicable.",
        f"An item is ranked where the first answers were the same in {bar.share:.0%} of files or "
        f"more ({bar.status.value}).",
        RULE,
        KAPPA,
        f"{standard.short_title}, edition {review.edition}, content {review.content_hash[:8]}.",
        "Files show what was recorded; they do not show how a person was treated.",
    )
    return tuple(line for line in lines if line)
