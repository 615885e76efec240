"""What the three voices say, in plain words: the same on every page, in alt texts and files."""

from collections.abc import Sequence
from datetime import date

from benchmarking.replies import Asked
from benchmarking.standard import Closeness, CutPoints, Standard, Voice
from benchmarking.statistics.disclosure import RULES, Coarse, InFull, Missing, Why, base_in_words
from benchmarking.statistics.disclosure.rules import IN_FULL_FROM, SHARE_FROM
from benchmarking.statistics.quantiles import Spread
from benchmarking.statistics.supported import ClaimGap, Range
from benchmarking.voices.heard import Heard
from benchmarking.voices.side_by_side import AllVoices, FilesRead, StageVoices, Voices

NOT_FROM_FILES = "not measurable from files"
NOT_ASKED = {Voice.COMPLAINANTS: "no survey yet", Voice.FILES: "no file review yet"}
_WHOSE = {Voice.COMPLAINANTS: "Complainants' answers", Voice.FILES: "Files"}
_VERB = {Voice.COMPLAINANTS: "agree", Voice.FILES: "show it"}


def statement(said: AllVoices, asked: Asked, who: str = "You") -> str:
    """One statement in one paragraph, as screens and alt texts say it.

    As "You claim 4, evidenced 2. Complainants' answers support 1–2 (38 of 96 agree, 30–50%;
    240 invited). Files: about 50%, too few for a range."
    """
    return " ".join([claim(said, who), voice(said.complainants, asked), voice(said.files, asked)])


def claim(said: AllVoices, who: str = "You") -> str:
    """What the trust says of itself."""
    verb = "claim" if who in ("You", "We") else "claims"
    if said.claimed is None:
        return f"{who} {verb} no level."
    if said.claimed == said.evidenced:
        return f"{who} {verb} {said.claimed}, and the evidence carries it."
    return f"{who} {verb} {said.claimed}, evidenced {said.evidenced}."


def voice(heard: Heard, asked: Asked) -> str:
    """What one voice says, and what it supports, as a sentence."""
    whose, said, invited = _WHOSE[heard.voice], heard.shown, _invited(heard, asked)
    if heard.closeness is Closeness.NOT_MEASURABLE:
        return f"{whose}: {not_measurable(heard)}."
    if isinstance(said, Missing):
        return f"{whose}: {NOT_ASKED[heard.voice]}."
    if isinstance(said, Coarse):
        return f"{whose}: {said.in_words()} {_VERB[heard.voice]}, too few for a range{invited}."
    if isinstance(said, InFull) and isinstance(heard.range, Range):
        shares = f"{said.part:,} of {said.out_of:,} {_VERB[heard.voice]}, {interval(heard)}"
        told = f"{whose} support {heard.range.in_words()} ({shares}{invited})."
        return told if heard.is_settled else f"{told} {unsettled()}"
    return f"{whose}: {said.in_words()}{invited}."


def unsettled() -> str:
    """Why a share of files is neither compared nor ranked."""
    return "The two readers disagreed too often for it to be compared."


def not_measurable(heard: Heard) -> str:
    """That this voice cannot say anything about a statement."""
    return NOT_FROM_FILES if heard.voice is Voice.FILES else "not measured by the survey"


def share(heard: Heard) -> str:
    """The share in a few words, for a table: "38 of 96 (40%)", "about 50%", or why none."""
    if heard.closeness is Closeness.NOT_MEASURABLE:
        return not_measurable(heard)
    if isinstance(heard.shown, Missing):
        return NOT_ASKED[heard.voice]
    return heard.shown.in_words()


def interval(heard: Heard) -> str:
    """The 95% interval as "30–50%"; empty where there is none."""
    if heard.limits is None:
        return ""
    return f"{heard.limits.low:.0%}–{heard.limits.high:.0%}".replace("%–", "–")


def supports(heard: Heard) -> str:
    """The levels that a voice supports, or why that cannot be said."""
    return heard.range.in_words()


def gap(heard: Heard) -> str:
    """How the claim lies to what is supported: "claimed 2 levels higher, robust"."""
    if not heard.is_settled:
        return "readers disagree"
    if not isinstance(heard.gap, ClaimGap):
        return heard.gap.in_words()
    if not heard.gap.size:
        return heard.gap.direction.in_words()
    levels = "1 level" if heard.gap.size == 1 else f"{heard.gap.size} levels"
    robust = "robust" if heard.gap.robust else "not robust: it hangs on where the cut points lie"
    return f"{heard.gap.direction.in_words()}, by {levels} ({robust})"


def robust_gap(said: AllVoices, who: str = "you") -> str:
    """The robust gaps of a statement, as "you claim 4, complainants support 1–2 (38 of 96)"."""
    verb = "claim" if who in ("you", "we") else "claims"
    told = [
        f"{_who(heard)} support {heard.range.in_words()} ({_briefly(heard)})"
        for heard in said.others
        if heard.robust_size
    ]
    return f"{who} {verb} {said.claimed}; {', '.join(told)}" if told else ""


def peers(found: Spread | None) -> str:
    """How others' complainants answer, as "middle of 12 trusts 55%, middle half 48–61%"."""
    if found is None:
        return "too few to say"
    said = f"middle of {found.values} trusts {found.median:.0%}"
    if found.quartiles is None:
        return said
    low, high = found.quartiles
    return f"{said}, middle half {low:.0%}–{high:.0%}".replace("%–", "–")


def asked_in_words(said: Voices) -> str:
    """How many replied of how many, and over which time, as it stands beside every figure."""
    if not said.replied:
        return ""
    return f"{said.replied}{_of_invited(said.asked)}"


def _of_invited(asked: Asked) -> str:
    invited = asked.invited
    of = f" of {invited:,} invited" if invited else " (nobody recorded how many were invited)"
    return f"{of}{_closed(asked.closed_from, asked.closed_to)}"


def _invited_alone(asked: Asked) -> str:
    invited = f"{asked.invited:,}" if asked.invited else "nobody recorded how many"
    return f"{invited} were invited{_closed(asked.closed_from, asked.closed_to)}"


def files_in_words(read: FilesRead) -> str:
    """How many files were read of how many, and over which time."""
    when = _closed(read.closed_from, read.closed_to).removeprefix(", complaints ")
    return f"{read.base} drawn at random of {read.frame:,} complaints {when}"


def people_line(said: Voices) -> str:
    """Who stands behind what complainants say, as it stands beside every figure of theirs."""
    if not said.replied:
        return (
            f"Complainants: nobody has answered in this cycle yet. Results appear from "
            f"{SHARE_FROM} replies, in full from {IN_FULL_FROM}."
        )
    if said.replied == base_in_words(0):
        return (
            f"Complainants: {Why.FEW_REPLIES} ({_invited_alone(said.asked)}). Results appear from "
            f"{SHARE_FROM} replies, in full from {IN_FULL_FROM}."
        )
    return (
        f"Complainants: {asked_in_words(said)}. An interval does not cover who did not reply, and "
        f"people who did not complain are not heard at all."
    )


def files_line(said: Voices) -> str:
    """Which files stand behind what files show."""
    if said.files is None:
        return "Complaint files: no file review of this cycle is closed yet."
    return f"Complaint files: {files_in_words(said.files)}, each read by two readers."


def closeness_note(said: AllVoices) -> str:
    """That files show only a sign of a statement; empty where they measure it or say nothing."""
    if said.files.is_said and said.files.closeness is Closeness.PROXY:
        return "Files show a sign of this, not the thing itself."
    return ""


def of_stage(said: Voices, stage_id: str) -> str:
    """What complainants answer to a stage's headline, in the few words of a tile."""
    headline = next(stage.headline for stage in said.stages if stage.stage.id == stage_id)
    if headline is None or not said.replied:
        return ""
    people = headline.complainants
    if isinstance(people.range, Range):
        apart = "! " if headline.robust_size else ""
        return f"{apart}Complainants: {share(people)} agree, which supports {supports(people)}"
    return f"Complainants: {share(people)}"


def files_of_stage(stage: StageVoices) -> str:
    """For how many claims of a stage files speak, as "Files support 2 of the 3 claims they can"."""
    able = [s for s in stage.statements if s.files.closeness is not Closeness.NOT_MEASURABLE]
    if not any(one.files.is_said for one in able):
        return ""
    told = [one for one in able if isinstance(one.files.gap, ClaimGap)]
    if not told:
        return "Files: too few for ranges, see the statements"
    kept = sum(not _over_claimed(one.files) for one in told)
    if len(told) == 1:
        return f"Files {'' if kept else 'do not '}support the one claim that they can speak to"
    many = {0: "none", len(told): "all"}.get(kept, str(kept))
    return f"Files support {many} of the {len(told)} claims that they can speak to"


def method(standard: Standard) -> tuple[str, ...]:
    """How a voice is held against a claim, for the small print; empty without instruments."""
    parts = []
    if standard.complainant_survey:
        parts.append(f"complainants agreeing {_cuts(standard.complainant_survey.cuts)}")
    if standard.file_review:
        parts.append(f"files that show it in full {_cuts(standard.file_review.cuts)}")
    if not parts:
        return ()
    return (
        f"A share supports every level that its 95% Wilson interval touches; cut points to levels "
        f"2 and 3: {'; '.join(parts)}. Only an independent check shows level 4. A gap between a "
        f"claim and a range is robust when it survives moving the cut points by 5 points either "
        f"way.",
        f"{RULES['three-step'].says}",
    )


def _cuts(points: CutPoints) -> str:
    return f"{points.second:.0%} and {points.third:.0%} ({points.status})"


def support_for_claims(statements: Sequence[AllVoices], least: int = 3) -> str:
    """For how many claims of ``least`` or more complainants' answers do, or do not, speak.

    Empty where nobody's answers may be held against a claim.
    """
    claimed = [one for one in statements if (one.claimed or 0) >= least]
    told = [one for one in claimed if isinstance(one.complainants.gap, ClaimGap)]
    if not told:
        return ""
    kept = sum(not _over_claimed(one.complainants) for one in told)
    of = f"{len(claimed)}" if len(told) == len(claimed) else f"{len(told)} that they speak to"
    return f"Complainants' answers support that for {kept or 'none'} of the {of}"


def _over_claimed(heard: Heard) -> bool:
    return isinstance(heard.gap, ClaimGap) and heard.gap.direction > 0


def _invited(heard: Heard, asked: Asked) -> str:
    if heard.voice is not Voice.COMPLAINANTS or not asked.invited:
        return ""
    return f"; {asked.invited:,} invited"


def _closed(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return ""
    begins = f"{first:%B}" if first.year == last.year else f"{first:%B %Y}"
    if (first.year, first.month) == (last.year, last.month):
        return f", complaints closed in {last:%B %Y}"
    return f", complaints closed {begins} to {last:%B %Y}"


def _who(heard: Heard) -> str:
    return "complainants" if heard.voice is Voice.COMPLAINANTS else "files"


def _briefly(heard: Heard) -> str:
    said = heard.shown
    return f"{said.part:,} of {said.out_of:,}" if isinstance(said, InFull) else said.in_words()
