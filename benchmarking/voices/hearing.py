"""The two voices beside a trust's own, read from what is stored and held against its claims.

Peers are the shares that were fixed when each of them published.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from benchmarking.answers import WHOLE_TRUST, AssessmentKey, Cycle, ItemKey
from benchmarking.assessing.sheets import Sheet, standards_of
from benchmarking.file_results import FileCount, FileResults
from benchmarking.replies import Asked, asked
from benchmarking.results.history import History
from benchmarking.results.levels import Levels
from benchmarking.results.positions import Peers
from benchmarking.scoring import rate
from benchmarking.standard import (
    AnswerScale,
    Closeness,
    ComplainantSurvey,
    FileReview,
    Library,
    RatingScheme,
    Standard,
    Voice,
)
from benchmarking.statistics.disclosure import Counts, base_in_words, three_step
from benchmarking.statistics.quantiles import Spread
from benchmarking.store import file_reviews, responses, surveys, voice_board
from benchmarking.store.database import Reading, Writing
from benchmarking.voices import heard
from benchmarking.voices.heard import Heard, Told
from benchmarking.voices.side_by_side import AllVoices, FilesRead, StageVoices, Voices
from benchmarking.voices.voice_peers import peer_shares


@dataclass(frozen=True)
class Stored:
    """What is stored of the two voices; it stays inside use cases.

    ``counts`` are of the newest snapshot of each survey item.
    """

    asked: Asked = field(default_factory=Asked)
    replied: int = 0
    counts: Mapping[str, Counts] | None = None
    results: FileResults | None = None


def of_sheet(
    history: History,
    sheet: Sheet,
    standard: Standard,
    scheme: RatingScheme,
    levels: Levels,
    peers: Peers | None,
) -> Voices | None:
    """The three voices on a sheet; the caller has checked that the person may see it.

    None where there is nothing to ask by: for a part of a trust, whose complainants are not
    told apart, and for an edition without instruments.
    """
    if sheet.scope != WHOLE_TRUST or not _has_instruments(standard):
        return None
    number, cycle = sheet.trust.organisation_id, sheet.cycle
    key = history.key_without_draft("stored voices", cycle.cycle_id, standard.key)
    stored = history.cycles.keep(key, partial(_read, history, number, cycle, standard))
    shares = peer_shares(history, standard, peers)
    library = history.visit.library
    claims = _claims(standard, library, scheme, levels)
    return Voices(
        asked=stored.asked,
        replied="" if stored.counts is None else base_in_words(stored.replied),
        files=_files_read(stored.results),
        stages=_stages(standard, stored, claims, shares),
    )


def stored_voices(
    reading: Reading, organisation_id: int, cycle_id: str, standard: Standard
) -> Stored:
    """What is stored of the two voices of a trust in a cycle."""
    period = responses.period_of(reading, cycle_id)
    sent = asked(surveys.sendings_of(reading, organisation_id, cycle_id))
    results = file_reviews.closed_results(reading, organisation_id, cycle_id)
    place = None if period is None else responses.Place(organisation_id, period)
    waves = responses.waves_of(reading, place) if place else {}
    if not waves:
        # Where people were asked, the first reply changes nothing that is shown.
        return Stored(sent, counts=None if sent.invited is None else {}, results=results)
    numbers = responses.item_numbers(reading, standard.id)
    return Stored(
        asked=sent,
        replied=sum(wave.out_of for wave in waves[responses.REPLY].full),
        counts={
            item_id: waves[number].snapshot().counts
            for item_id, number in numbers.items()
            if number in waves
        },
        results=results,
    )


def fix_for_peers(writing: Writing, library: Library, cycle: Cycle, key: AssessmentKey) -> None:
    """Writes down what the voices say at the moment in which a revision is published.

    Peers are shown these counts' shares and no newer ones, so that what they see of a trust
    changes only when the trust publishes again.
    """
    if key.scope != WHOLE_TRUST:
        return
    said = {
        about: counts
        for standard in standards_of(library, cycle)
        if _has_instruments(standard)
        for about, counts in _fixed(writing, key, standard).items()
    }
    voice_board.add(writing, key, said)


def _fixed(reading: Reading, key: AssessmentKey, standard: Standard) -> voice_board.Said:
    stored = stored_voices(reading, key.organisation_id, key.cycle_id, standard)
    found = (stored.results.counts if stored.results else {}).items()
    files = {item: Counts(count.yes, count.out_of) for item, count in found}
    return said_to_peers(standard, stored.counts or {}, files)


def said_to_peers(
    standard: Standard, people: Mapping[str, Counts], files: Mapping[str, Counts]
) -> voice_board.Said:
    """What is written down for peers, of the counts of survey items and of review items."""
    return {
        **{(Voice.COMPLAINANTS, standard.id, item): counts for item, counts in people.items()},
        **{(Voice.FILES, standard.id, item): counts for item, counts in files.items()},
    }


def _has_instruments(standard: Standard) -> bool:
    return standard.complainant_survey is not None or standard.file_review is not None


def _read(history: History, organisation_id: int, cycle: Cycle, standard: Standard) -> Stored:
    with history.visit.database.reading() as reading:
        return stored_voices(reading, organisation_id, cycle.cycle_id, standard)


def _files_read(results: FileResults | None) -> FilesRead | None:
    if results is None:
        return None
    base = base_in_words(results.files, heard.NOUNS[Voice.FILES])
    return FilesRead(base, results.frame, results.closed_from, results.closed_to)


_Claims = Mapping[str, tuple[int | None, int | None]]


def _claims(standard: Standard, library: Library, scheme: RatingScheme, levels: Levels) -> _Claims:
    """Claimed and evidenced level by the id of each statement, and of each headline."""
    scale = library.scale_of(standard)
    found: dict[str, tuple[int | None, int | None]] = {}
    for stage in standard.stages:
        keys = [ItemKey(standard.id, item.id) for item in standard.items_of(stage)]
        said = [levels.get(key) for key in keys]
        for statement, one in zip(stage.statements, said, strict=True):
            found[statement.id] = (
                (_level(scale, one.claimed), _level(scale, one.evidenced)) if one else (None, None)
            )
        if stage.headline is not None:
            claimed = rate(scheme, scale, [one.claimed if one else None for one in said])
            evidenced = rate(scheme, scale, [one.evidenced if one else None for one in said])
            found[stage.headline.id] = (
                _level(scale, claimed.choice),
                _level(scale, evidenced.choice),
            )
    return found


def _level(scale: AnswerScale, choice: str | None) -> int | None:
    return scale.by_id[choice].level if choice else None


def _stages(
    standard: Standard, stored: Stored, claims: _Claims, shares: Mapping[str, Spread]
) -> tuple[StageVoices, ...]:
    about = list(claims)
    levels = [claims[name][0] for name in about]
    people = _complainants(standard, stored, about, levels)
    files = _files(standard, stored.results, about, levels)
    found = {
        name: AllVoices(name, *claims[name], said, seen, shares.get(name))
        for name, said, seen in zip(about, people, files, strict=True)
    }
    return tuple(
        StageVoices(
            stage,
            found[stage.headline.id] if stage.headline else None,
            tuple(found[statement.id] for statement in stage.statements),
        )
        for stage in standard.stages
    )


def survey_item_for(survey: ComplainantSurvey, about: str) -> str | None:
    """The id of the survey item that measures a statement or headline most closely."""
    return heard.closest(((item.id, item.measures) for item in survey.items), about)


def _complainants(
    standard: Standard, stored: Stored, about: list[str], levels: list[int | None]
) -> tuple[Heard, ...]:
    survey = standard.complainant_survey
    if survey is None:
        return _silent(Voice.COMPLAINANTS, len(about))
    measures = {item.id: item.measures for item in survey.items}
    told, said = [], stored.counts
    for name in about:
        item = survey_item_for(survey, name)
        closeness = measures[item][name] if item else Closeness.NOT_MEASURABLE
        counts = None if said is None or item is None else said.get(item, Counts(0, 0))
        told.append(Told(closeness, counts))
    return heard.heard(Voice.COMPLAINANTS, told, levels, heard.cuts_of(survey.cuts))


def _files(
    standard: Standard, results: FileResults | None, about: list[str], levels: list[int | None]
) -> tuple[Heard, ...]:
    review = standard.file_review
    if review is None:
        return _silent(Voice.FILES, len(about))
    told = [_told_by_files(review, results, name) for name in about]
    return heard.heard(Voice.FILES, told, levels, heard.cuts_of(review.cuts))


def _told_by_files(review: FileReview, results: FileResults | None, about: str) -> Told:
    measures = {item.id: item.measures for item in review.statements}
    item = heard.closest(measures.items(), about)
    closeness = measures[item][about] if item else Closeness.NOT_MEASURABLE
    if results is None or item is None or item not in results.counts:
        return Told(closeness, None)
    count = results.counts[item]
    return Told(closeness, Counts(count.yes, count.out_of), count.partly, _agree(review, count))


def _agree(review: FileReview, count: FileCount) -> bool:
    """Whether the two readers said the same often enough for the item to be compared."""
    return heard.agree_enough(three_step(count.same, count.pairs), review.agreement.share)


def _silent(voice: Voice, many: int) -> tuple[Heard, ...]:
    """A voice that the edition has no instrument for."""
    nothing = [Told(Closeness.NOT_MEASURABLE, None)] * many
    # There is no share to hold against these cut points, so that any would do.
    return heard.heard(voice, nothing, [None] * many, heard.Cuts(0.4, 0.7))
