"""Chance that comes out the same every time."""

import hashlib

import numpy as np

SEED = 2014


def chance(*about: object) -> np.random.Generator:
    """Random numbers for one purpose, the same at every run.

    Each purpose has numbers of its own, so that a trust added or a question changed leaves
    what is drawn for all others as it was.
    """
    name = "/".join([str(SEED), *map(str, about)])
    return np.random.default_rng(list(hashlib.sha256(name.encode()).digest()))
