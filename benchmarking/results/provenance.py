"""What stands under every result: how many, which peers, which rules, which words, whose source."""

from benchmarking.answers import Cycle
from benchmarking.peers import PeerGroup
from benchmarking.standard import RatingScheme, Standard

_SHORT_HASH = 8

ORDER = (
    "Worked out in this order: each claim is limited to what its evidence carries (the evidenced "
    "level); a {stage} is summed up from its evidenced levels by the rule {rule}; peers are "
    "counted, {statement} by {statement}. Levels are ranks, so nothing is averaged."
)
PERCENT_ORDER = (
    "Worked out in this order: each claim is limited to what its evidence carries (the evidenced "
    "level); a {stage} adds up its evidenced levels as a share of the most they could be, by the "
    "rule {rule}; peers are counted, {statement} by {statement}."
)
COUNTS_ONLY = "Answers are counted, never added up or rated."
FICTIONAL = "Demonstration: fictional trusts."
PEERS_NEED = "Nothing is shown of fewer than 5 other trusts; quartiles need 8."


def lines(
    standard: Standard,
    scheme: RatingScheme | None,
    cycle: Cycle,
    revision: int,
    *,
    fictional: bool,
    counted: str = "",
    group: PeerGroup | None = None,
) -> tuple[str, ...]:
    """The small print, a sentence or two a line.

    Args:
        standard: the edition that was asked.
        scheme: the one that made the words; None where nothing is rated.
        cycle: the one whose answers are shown.
        revision: the data revision.
        fictional: whether the trusts are those of a demonstration.
        counted: how many answers of whom are in it.
        group: the peers, where there are any.
    """
    peers = f"Peers: {group.why} {PEERS_NEED}" if group else ""
    found = (
        FICTIONAL if fictional else "",
        counted,
        peers,
        _order(standard, scheme),
        _words(standard, cycle, revision),
    )
    return tuple(line for line in (*found, *_notes(standard, scheme)) if line)


def _order(standard: Standard, scheme: RatingScheme | None) -> str:
    if scheme is None:
        return COUNTS_ONLY
    order = PERCENT_ORDER if scheme.bands else ORDER
    names = standard.words
    return order.format(stage=names.stage, statement=names.statement, rule=scheme.rule)


def _words(standard: Standard, cycle: Cycle, revision: int) -> str:
    edition, content_hash = cycle.edition_of(standard.id)
    return (
        f"{standard.short_title}, edition {edition}, content {content_hash[:_SHORT_HASH]}. "
        f"Data revision {revision}."
    )


def _notes(standard: Standard, scheme: RatingScheme | None) -> tuple[str, ...]:
    label = f"{scheme.label.rstrip('.')}." if scheme else ""
    return label, standard.source.attribution or ""
