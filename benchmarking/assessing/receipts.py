"""What proves a move in an assessment's life: a hash of its answers and a number to quote."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime

from benchmarking.answers import Answer, AssessmentKey, State

# Crockford's base 32: no I, L, O or U, so that a number read out on the phone is heard right.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 6


def content_hash(answers: Iterable[Answer]) -> str:
    """SHA-256 of what was answered, and to which words; 64 hexadecimal digits.

    The order in which the answers come does not matter. Who answered and when is left out, so
    that equal answers to equal words have equal hashes.
    """
    said = sorted(
        (a.item.standard_id, a.item.item_id, a.content_hash, a.choice, a.reason) for a in answers
    )
    return _sha256(said)


def receipt_number(trust_code: str, key: AssessmentKey, to_state: State, moved_at: datetime) -> str:
    """The number of one move, such as "DEMO-07/2026-27/1-4F7K2Q": trust, cycle, revision, proof.

    The same move always has the same number.
    """
    move = [trust_code, key.cycle_id, key.scope, key.revision, to_state.value, moved_at.isoformat()]
    number = int(_sha256(move), 16)
    proof = "".join(_LETTERS[number >> 5 * place & 31] for place in range(_LENGTH))
    return f"{trust_code}/{key.cycle_id}/{key.revision}-{proof}"


def _sha256(content: object) -> str:
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
