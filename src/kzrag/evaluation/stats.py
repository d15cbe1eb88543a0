"""How sure a figure is, and whether a difference between two runs is real: resampling, with a fixed seed.

Nothing here knows of cases or answers; it takes lists of numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

CONFIDENCE = 0.95
RESAMPLES = 2000  # the ends of a 95 % interval then move by about half a point between seeds
SEED = 20221202
# Up to this many differing pairs all sign patterns are counted; beyond, as many are drawn as give p to about 0.002.
_EXACT = 12
_DRAWS = 20_000


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean, with the bootstrap's percentile interval around it."""

    mean: float
    low: float
    high: float
    count: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed from a first run to a second one, over the cases that both judged."""

    mean: float
    """Second minus first."""
    low: float
    high: float
    p: float
    """How often chance alone would give a difference at least as large (two-sided)."""
    better: int
    worse: int
    count: int

    @property
    def real(self) -> bool:
        """Whether chance is an unlikely explanation."""
        return self.p < 1 - CONFIDENCE


def interval(values: Sequence[float]) -> Interval | None:
    """The mean of `values` with its confidence interval; `None` for no values."""
    if not len(values):
        return None
    return _interval(tuple(map(float, values)))


@lru_cache(maxsize=1024)
def _interval(values: tuple[float, ...]) -> Interval:
    array = np.asarray(values)
    low, high = _bounds(array)
    return Interval(float(array.mean()), low, high, len(array))


def compare(first: Mapping[str, float], second: Mapping[str, float]) -> Difference | None:
    """Paired comparison by the keys that both have; `None` when they share none.

    p is from a sign-flip test: were the two runs equally good, each case's difference would as well have gone the
    other way.
    """
    shared = sorted(first.keys() & second.keys())
    if not shared:
        return None
    differences = np.asarray([second[key] - first[key] for key in shared])
    low, high = _bounds(differences)
    return Difference(
        mean=float(differences.mean()),
        low=low,
        high=high,
        p=_sign_flip(differences),
        better=int((differences > 0).sum()),
        worse=int((differences < 0).sum()),
        count=len(shared),
    )


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0 to 1) of `values` lie, interpolated; 0.0 for no values."""
    return float(np.quantile(np.asarray(values), share)) if len(values) else 0.0


def _bounds(array: np.ndarray) -> tuple[float, float]:
    if np.ptp(array) == 0:
        return float(array[0]), float(array[0])
    random = np.random.default_rng(SEED)
    means = array[random.integers(0, len(array), (RESAMPLES, len(array)))].mean(axis=1)
    low, high = np.quantile(means, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return float(low), float(high)


def _sign_flip(differences: np.ndarray) -> float:
    differing = differences[differences != 0]
    count = len(differing)
    if count == 0:
        return 1.0
    if count <= _EXACT:
        signs = 1 - 2 * ((np.arange(2**count)[:, None] >> np.arange(count)) & 1)
        drawn = 0
    else:
        random = np.random.default_rng(SEED)
        signs = random.choice([-1, 1], size=(_DRAWS, count))
        drawn = 1  # the observed pattern itself is one of the possible ones
    sums = np.abs(signs @ differing)
    extreme = int((sums >= abs(differing.sum()) - 1e-9).sum())
    return (extreme + drawn) / (len(signs) + drawn)
