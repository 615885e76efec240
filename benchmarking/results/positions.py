"""Where one trust stands, statement by statement, and how its peers are spread.

Built by use cases out of what they may see. What leaves here about other trusts are counts,
and none that a subtraction could turn into the answers of fewer than five.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from benchmarking.answers import Cycle, ItemKey, Organisation
from benchmarking.evidence import Standing, capped_in_words
from benchmarking.peers import Basis, PeerGroup
from benchmarking.results.levels import Levels, PublishedLevels
from benchmarking.scoring import Rating, rate
from benchmarking.standard import (
    AnswerScale,
    Choice,
    Item,
    RatingScheme,
    Stage,
    Standard,
    Statement,
)
from benchmarking.statistics.disclosure import too_close
from benchmarking.statistics.ordinal import AmongPeers, Change, TooFewPeers, among_peers, change
from benchmarking.trust_actions import Due, Status, TrustAction

# What fictional trusts and real ones have in common; the first is the default.
BASES = (Basis.ERIC_TYPE, Basis.REGION, Basis.EVERYONE)

Position = AmongPeers | TooFewPeers
# The places of a group's levels, and how many trusts another group lacks of it.
Placed = tuple[tuple[int, ...], int]


@dataclass(frozen=True)
class Promise:
    """An action as results show it beside a statement. ``made_in`` is the cycle's title."""

    text: str
    owner: str
    due_on: date | None
    status: Status
    due: Due
    made_in: str


@dataclass(frozen=True)
class StatementResult:
    """One statement: what was claimed, what counts, and where that stands.

    ``claimed`` and ``evidenced`` are None where nobody answered; ``last`` is the evidenced
    answer of the last cycle, and ``peers`` None where there is nobody to compare with.
    ``lacking`` is a sentence, empty where the claim counts in full.
    """

    key: ItemKey
    statement: Statement
    item: Item
    scale: AnswerScale
    claimed: Choice | None
    evidenced: Choice | None
    lacking: str
    last: Choice | None
    peers: Position | None
    promises: tuple[Promise, ...]

    @property
    def place(self) -> int | None:
        """The evidenced level's place on the scale, from 0; None where there is no level."""
        return place_on(self.scale, self.evidenced)

    @property
    def claimed_place(self) -> int | None:
        return place_on(self.scale, self.claimed)

    @property
    def last_place(self) -> int | None:
        return place_on(self.scale, self.last)

    @property
    def is_capped(self) -> bool:
        return self.claimed != self.evidenced

    @property
    def below_median(self) -> int:
        """How many levels it lies below the peers' median; negative above it, 0 unknown."""
        if self.place is None or not isinstance(self.peers, AmongPeers):
            return 0
        return self.peers.median - self.place


@dataclass(frozen=True)
class StageResult:
    """One stage: its rating, its statements, its peers and what changed.

    ``peers`` is where the stage's own summary level stands among theirs; None where there is
    nobody to compare with, or where the scheme sums up in percent and not in a level.
    ``change`` is None where there is no last cycle to compare with.
    """

    stage: Stage
    rating: Rating
    statements: tuple[StatementResult, ...]
    peers: Position | None
    change: Change | None

    @property
    def weakest(self) -> StatementResult | None:
        """The statement to look at first; None where nothing has a level."""
        return next(iter(weakest_first(self.statements)), None)

    @property
    def is_level(self) -> bool:
        """Whether all that have a level have the same one."""
        return len({s.place for s in self.statements if s.place is not None}) == 1


@dataclass(frozen=True)
class Peers:
    """The trusts that one trust is compared with. Stays inside use cases: it holds answers.

    ``others`` are the other groups that the reader may choose as well.
    """

    published: PublishedLevels
    group: PeerGroup
    others: tuple[PeerGroup, ...]

    def at_statement(self, scale: AnswerScale, key: ItemKey, own: Choice | None) -> Position:
        """Where an evidenced level stands among the group's."""

        def placed() -> Mapping[str, int]:
            return {
                code: place
                for code, found in self.published.standings.items()
                if key in found and (place := _place(scale, found[key].evidenced)) is not None
            }

        return self._position(scale, own, self._placed(("statement", key), placed))

    def at_stage(
        self,
        scale: AnswerScale,
        scheme: RatingScheme,
        keys: Sequence[ItemKey],
        own: Choice | None,
    ) -> Position:
        """Where a stage's summary level stands among the group's."""

        def placed() -> Mapping[str, int]:
            ratings = (
                (code, rate(scheme, scale, [_evidenced(found, key) for key in keys]))
                for code, found in self.published.standings.items()
            )
            places = ((code, _place(scale, rating.choice)) for code, rating in ratings)
            return {code: place for code, place in places if place is not None}

        return self._position(scale, own, self._placed((scheme.id, *keys), placed))

    def _placed(self, about: Hashable, place: Callable[[], Mapping[str, int]]) -> Placed:
        """Where the group's levels lie, worked out once: it does not hang on the own level."""
        if about not in self._known:
            self._known[about] = self._among(self.published.places(about, place))
        return self._known[about]

    def _among(self, placed: Mapping[str, int]) -> Placed:
        with_level: dict[str, set[str]] = {
            group.basis: set(group.codes) & placed.keys() for group in (self.group, *self.others)
        }
        places = tuple(placed[code] for code in sorted(with_level[self.group.basis]))
        return places, too_close(with_level).get(self.group.basis, 0)

    def _position(self, scale: AnswerScale, own: Choice | None, placed: Placed) -> Position:
        places, apart = placed
        return among_peers(place_on(scale, own), places, len(scale.valued), apart)

    @cached_property
    def _known(self) -> dict[Hashable, Placed]:
        return {}


def peers_of(trust: Organisation, published: PublishedLevels, basis: Basis) -> Peers:
    """The peers of a trust in a released cycle, and the other groups it may look at."""
    groups = {b: group_of(trust, published.trusts.values(), b, published.cycle) for b in BASES}
    wider = tuple(group for b, group in groups.items() if b is not basis)
    return Peers(published, groups[basis], wider)


def group_of(
    trust: Organisation, published: Iterable[Organisation], basis: Basis, cycle: Cycle
) -> PeerGroup:
    """The other trusts that published in a cycle and share something with this one."""
    shared = {Basis.ERIC_TYPE: trust.trust_type, Basis.REGION: trust.region}.get(basis)
    theirs = {Basis.ERIC_TYPE: "trust_type", Basis.REGION: "region"}.get(basis)
    codes = sorted(
        other.code
        for other in published
        if other.code != trust.code and (theirs is None or getattr(other, theirs) == shared)
    )
    name, reason = _named(trust, basis)
    if len(codes) == 1:
        name = name.replace("trusts", "trust", 1)
    why = f"{len(codes)} other {name} that published in {cycle.title}{reason}."
    return PeerGroup(basis, name, tuple(codes), why)


def _named(trust: Organisation, basis: Basis) -> tuple[str, str]:
    if basis is Basis.REGION:
        return f"trusts in {trust.region}", ", because they are in the same region"
    if basis is Basis.EVERYONE:
        return "trusts", ", of every type and region"
    kind = trust.trust_type[:1].lower() + trust.trust_type[1:]
    return f"{kind} trusts", ", because they are of the same type"


@dataclass(frozen=True)
class Told:
    """What is known about one trust: its standings now and in the last cycle, its promises."""

    now: Levels
    last: Levels
    promises: Mapping[ItemKey, tuple[Promise, ...]]


def stage_results(
    standard: Standard, scale: AnswerScale, scheme: RatingScheme, told: Told, peers: Peers | None
) -> tuple[StageResult, ...]:
    """A trust's result in each stage of a standard."""
    return tuple(
        _stage_result(standard, scale, scheme, told, peers, stage) for stage in standard.stages
    )


def _stage_result(
    standard: Standard,
    scale: AnswerScale,
    scheme: RatingScheme,
    told: Told,
    peers: Peers | None,
    stage: Stage,
) -> StageResult:
    found = tuple(
        statement_result(standard, scale, i, told, peers) for i in standard.items_of(stage)
    )
    keys = [result.key for result in found]
    rating = rate(scheme, scale, [_evidenced(told.now, key) for key in keys])
    own = scale.by_id[rating.choice] if rating.choice else None
    compared = None if scheme.bands else peers
    return StageResult(
        stage=stage,
        rating=rating,
        statements=found,
        peers=compared and compared.at_stage(scale, scheme, keys, own),
        change=change((s.last_place, s.place) for s in found) if told.last else None,
    )


def statement_result(
    standard: Standard, scale: AnswerScale, item: Item, told: Told, peers: Peers | None
) -> StatementResult:
    """A trust's result in one statement."""
    key = ItemKey(standard.id, item.id)
    standing: Standing | None = told.now.get(key)
    evidenced = scale.by_id[standing.evidenced] if standing else None
    last = told.last.get(key)
    return StatementResult(
        key=key,
        statement=standard.statement_by_id[item.statement],
        item=item,
        scale=scale,
        claimed=scale.by_id[standing.claimed] if standing else None,
        evidenced=evidenced,
        lacking=capped_in_words(standing, scale) if standing else "",
        last=scale.by_id[last.evidenced] if last else None,
        peers=peers and peers.at_statement(scale, key, evidenced),
        promises=told.promises.get(key, ()),
    )


def weakest_first(results: Iterable[StatementResult]) -> tuple[StatementResult, ...]:
    """Those with a level: the lowest first, then the furthest below the peers' median."""
    placed = [(result.place, result) for result in results if result.place is not None]
    found = sorted(placed, key=lambda pair: (pair[0], -pair[1].below_median))
    return tuple(result for _, result in found)


def promise_of(action: TrustAction, today: date, made_in: str) -> Promise:
    """An action as results show it."""
    said = action.promised
    return Promise(
        said.text, said.owner.title, said.due_on, action.status, action.due(today), made_in
    )


def place_on(scale: AnswerScale, choice: Choice | None) -> int | None:
    """A choice's place among those with a value, from 0; None where it has none."""
    return None if choice is None else _place(scale, choice.id)


def _place(scale: AnswerScale, choice: str | None) -> int | None:
    return next((n for n, c in enumerate(scale.valued) if c.id == choice), None)


def _evidenced(found: Levels, key: ItemKey) -> str | None:
    return found[key].evidenced if key in found else None
