"""What complainants of other trusts say: the middle of their shares, never one trust's."""

from collections.abc import Mapping
from functools import partial

from benchmarking.answers import Cycle
from benchmarking.results.history import History
from benchmarking.results.positions import Peers
from benchmarking.standard import ComplainantSurvey, Standard, Voice
from benchmarking.statistics.disclosure import Counts, InFull, three_step, too_close
from benchmarking.statistics.quantiles import Spread, spread_of
from benchmarking.store import organisations, voice_board
from benchmarking.voices import heard

Board = Mapping[str, Mapping[str, Counts]]
# By statement or headline and trust code: the shares that may be shown in full.
FullShares = Mapping[str, Mapping[str, float]]


def peer_shares(history: History, standard: Standard, peers: Peers | None) -> Mapping[str, Spread]:
    """By statement and headline, how the complainants' shares of a trust's peers lie.

    Only shares that may be shown in full count, of trusts that published in the cycle that is
    compared. Where too few have one, or another group lies too close, there is no entry.
    """
    survey = standard.complainant_survey
    if peers is None or survey is None:
        return {}
    cycle, number = peers.published.cycle, history.visit.stand.data_revision
    about = (number, cycle.cycle_id, standard.key)
    make = partial(_full_shares, history, cycle, standard.id, survey)
    full: FullShares = history.cycles.keep(("voices of everybody", *about), make)
    key = ("peers' shares", *about, peers.group, peers.others)
    return history.cycles.keep(key, partial(_all_shares, full, peers))


def _all_shares(full: FullShares, peers: Peers) -> Mapping[str, Spread]:
    found = {about: _shares(of_trust, peers) for about, of_trust in full.items()}
    return {about: shares for about, shares in found.items() if shares is not None}


def _full_shares(
    history: History, cycle: Cycle, standard_id: str, survey: ComplainantSurvey
) -> FullShares:
    """The same whichever trust asks, and so worked out once for all of them."""
    board = _board(history, cycle, standard_id)
    measured = dict.fromkeys(about for item in survey.items for about in item.measures)
    return {about: _in_full(board, survey, about) for about in measured}


def _in_full(board: Board, survey: ComplainantSurvey, about: str) -> Mapping[str, float]:
    item = heard.closest(((one.id, one.measures) for one in survey.items), about)
    shown = {
        code: three_step(said[item].part, said[item].out_of)
        for code, said in board.items()
        if item is not None and item in said
    }
    return {code: one.part / one.out_of for code, one in shown.items() if isinstance(one, InFull)}


def _board(history: History, cycle: Cycle, standard_id: str) -> Board:
    """By trust code and survey item, what complainants said when the trust published."""
    with history.visit.database.reading() as reading:
        codes = {trust.organisation_id: trust.code for trust in organisations.every(reading)}
        said = voice_board.of_cycle(reading, cycle.cycle_id)
    return {
        codes[number]: {
            item_id: counts
            for (voice, standard, item_id), counts in of_trust.items()
            if voice is Voice.COMPLAINANTS and standard == standard_id
        }
        for number, of_trust in said.items()
    }


def _shares(full: Mapping[str, float], peers: Peers) -> Spread | None:
    groups: dict[str, set[str]] = {
        g.basis: set(g.codes) & full.keys() for g in (peers.group, *peers.others)
    }
    chosen = groups[peers.group.basis]
    if peers.group.basis in too_close(groups):
        return None
    found = spread_of([full[code] for code in sorted(chosen)])
    return found if isinstance(found, Spread) else None
