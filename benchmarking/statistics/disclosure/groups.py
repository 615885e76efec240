"""Peer groups that a reader may choose, and those that lie too close to others to be shown."""

from collections import Counter
from collections.abc import Collection, Mapping
from functools import lru_cache
from itertools import combinations

import numpy as np

from benchmarking.peers import OTHERS_FOR_SUMMARY, allows_summary
from benchmarking.statistics.arrays import Floats

Groups = Mapping[str, Collection[str]]


def too_close(groups: Groups) -> Mapping[str, int]:
    """The groups not to be shown, because they give away what fewer than five trusts say.

    Two groups are too close where one has one to four trusts that the other has not. Groups are
    also too close where any sums and differences of them leave one to four trusts, as when a
    region is all trusts but those of the other regions. The larger groups are kept.

    Args:
        groups: by name, the codes of the trusts with a figure, in every group that one reader
            may choose: a page's few or few dozen, not every group there could be.

    Returns:
        For each group to hide, how few trusts would be given away. Groups of fewer than five
        are not in it: they are not shown anyway, and do not count here.
    """
    named = [(name, frozenset(codes)) for name, codes in groups.items()]
    return dict(_too_close(tuple(sorted(named, key=lambda item: (-len(item[1]), item[0])))))


# Of most statements the same trusts have a figure, and nearly all pages ask of each statement.
@lru_cache(maxsize=1024)
def _too_close(groups: tuple[tuple[str, frozenset[str]], ...]) -> Mapping[str, int]:
    kept: list[frozenset[str]] = []
    hidden: dict[str, int] = {}
    for name, group in groups:
        if not allows_summary(len(group)):
            continue
        if given_away := _fewest_given_away([*kept, group]):
            hidden[name] = given_away
        else:
            kept.append(group)
    return hidden


def _fewest_given_away(groups: list[frozenset[str]]) -> int:
    """How few trusts, of one to four, the groups give away together; 0 where they do not."""
    newest = groups[-1]
    apart = [len(one) for group in groups for one in (newest - group, group - newest)]
    small = [few for few in apart if 0 < few < OTHERS_FOR_SUMMARY]
    return min(small, default=0) or _fewest_left_over(groups)


def _fewest_left_over(groups: list[frozenset[str]]) -> int:
    """The same for sums and differences of any number of groups.

    The groups cut the trusts into pieces. What can be worked out are the sums and differences
    of groups; a few small pieces are among these where nothing of them points elsewhere.
    """
    pieces = Counter(
        tuple(code in group for group in groups) for code in frozenset().union(*groups)
    )
    member: Floats = np.array(list(pieces), dtype=np.float64).T
    elsewhere = np.eye(len(pieces)) - np.linalg.pinv(member) @ member
    sizes = np.array(list(pieces.values()))
    small = np.flatnonzero(sizes < OTHERS_FOR_SUMMARY)
    found: list[int] = []
    for number in range(1, min(OTHERS_FOR_SUMMARY, len(small) + 1)):
        some = np.array(list(combinations(small, number)))
        trusts = sizes[some].sum(axis=1)
        # The square of how far they point elsewhere, because ``elsewhere`` is a projection.
        far = elsewhere[some[:, :, None], some[:, None, :]].sum(axis=(1, 2))
        found += trusts[(trusts < OTHERS_FOR_SUMMARY) & np.isclose(far, 0)].tolist()
    return min(found, default=0)
