"""What complainants and files of the scene's trusts say, as counts that a test names."""

from collections.abc import Mapping
from datetime import date

from benchmarking.file_results import FileCount
from benchmarking.replies import SKIPPED, Reply, Sending, Way
from benchmarking.store import responses, surveys
from benchmarking.store.database import AuditEntry
from tests.results.scene import EDITION, ME, OWN, Scene

AGREE, DISAGREE, DOES_NOT_APPLY = 4, 2, 10


def reply(
    scene: Scene,
    answers: Mapping[str, int],
    *more: Mapping[str, int],
    trust: int = OWN,
    year: int,
    way: Way = Way.HERE,
) -> None:
    """Replies that come in at once, each an answer for some items by their ids."""
    standard = scene.library.standard(ME, EDITION)
    assert standard.complainant_survey is not None
    order = [item.id for item in standard.complainant_survey.items]
    entry = AuditEntry(1, "replies", "tests", scene.now)
    with scene.database.writing(entry) as writing:
        period = responses.period_for(writing, scene.cycles[year].cycle_id)
        items = responses.numbers_for(writing, standard, scene.library)
        batch = responses.begin_batch(writing, way, standard)
        replies = [
            Reply(str(n), tuple(one.get(item, SKIPPED) for item in order))
            for n, one in enumerate((answers, *more))
        ]
        place = responses.Place(trust, period)
        responses.add_answers(writing, place, batch, items, replies)
        responses.count_in(writing, batch)


def say(
    scene: Scene, counts: Mapping[str, tuple[int, int]], *, trust: int = OWN, year: int
) -> None:
    """So many who agree of so many, for items by their ids; all come in at once."""
    most = max(out_of for _, out_of in counts.values())
    replies = [
        {
            item: AGREE if n < part else DISAGREE
            for item, (part, out_of) in counts.items()
            if n < out_of
        }
        for n in range(most)
    ]
    reply(scene, *replies, trust=trust, year=year)


def invite(scene: Scene, invited: int, *, trust: int = OWN, year: int) -> None:
    """So many people asked, whose complaints closed from April to September."""
    sending = Sending(Way.ELSEWHERE, date(year, 4, 1), date(year, 9, 30), invited)
    entry = AuditEntry(1, "sending", "tests", scene.now)
    with scene.database.writing(entry) as writing:
        surveys.add_sending(writing, trust, scene.cycles[year].cycle_id, sending)


def count(yes: int, out_of: int, partly: int = 0, same: int = 19, pairs: int = 20) -> FileCount:
    """What readers of files found, who said the same nearly always if nothing else is said."""
    return FileCount(yes, partly, out_of, same, pairs)
