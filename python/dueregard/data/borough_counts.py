"""How many are satisfied in each borough: drawn at random among the numbers that agree with the published figures.

The draw is the binomial one given that every published figure comes out after rounding, so what no document states
varies as it does in a survey.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.data import draws
from dueregard.data.survey_targets import (
    Targets,
    Window,
    comes_out,
    published,
    targets,
    window,
    window_where_published,
)

OVERALL_SD, GAP_SD = 1.0, 4.0  # percentage points that boroughs differ beyond their plausible figures
NEAR = 4.5  # standard deviations of the draw within which numbers are tried


class Windows(NamedTuple):
    """Where the published figures leave each borough's own."""

    overall: Window
    gap: Window
    white: Window
    minority: Window


class Choice(NamedTuple):
    """The numbers satisfied that a borough can have."""

    least: NDArray[np.int64]  # White, minority ethnic, no group
    chances: NDArray[np.float64]  # of each number from there on, one axis for each group

    def drawn(self, rng: np.random.Generator) -> NDArray[np.int64]:
        """One of them: three numbers."""
        more = np.unravel_index(draws.picked(rng, self.chances.ravel()), self.chances.shape)
        return self.least + np.array(more, dtype=np.int64)


def satisfied(rng: np.random.Generator, stated: NDArray[np.int64]) -> NDArray[np.int64]:
    """Satisfied among the White, the minority ethnic and those without a group who answered, both (boroughs, 3)."""
    shares = _underlying(rng, stated[:, :2])
    windows = _windows()
    choices = [_choice(windows, i, *borough) for i, borough in enumerate(zip(stated, shares, strict=True))]
    while True:
        met = np.array([choice.drawn(rng) for choice in choices])
        if _force_comes_out(met, stated):
            return met


def _windows() -> Windows:
    return Windows(
        overall=window(targets("satisfaction")),
        gap=window(targets("satisfaction gap")),
        white=window_where_published("satisfaction, White"),
        minority=window_where_published("satisfaction, Minority ethnic"),
    )


def _underlying(rng: np.random.Generator, stated: NDArray[np.int64]) -> NDArray[np.float64]:
    """The proportions satisfied from which each borough's answers are drawn: White, minority ethnic, no group."""
    overall, gap = _moved(
        _scattered(rng, targets("satisfaction"), OVERALL_SD),
        _scattered(rng, targets("satisfaction gap"), GAP_SD),
        stated,
    )
    white = overall + stated[:, 1] / stated.sum(axis=1) * gap
    shares: NDArray[np.float64] = np.clip(np.column_stack([white, white - gap, overall]), 0.02, 0.98)
    return shares


def _scattered(rng: np.random.Generator, figures: Targets, spread: float) -> Targets:
    """The figures, the free ones with a standard deviation added."""
    return figures._replace(percent=figures.percent + figures.free * spread * draws.scattered(rng, len(figures.free)))


def _moved(
    overall: Targets, gap: Targets, stated: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Proportions with the free figures moved, by one amount each, so that both force figures are expected."""
    white_share = stated[:, 0] / stated.sum(axis=1)
    # White = overall + (1 - white_share) gap, minority = overall - white_share gap, each summed over interviews
    size = stated.T.astype(np.float64)
    slope = np.array([1 - white_share, -white_share])
    now = size * (overall.percent + slope * gap.percent)
    force = np.array([published("satisfaction, White"), published("satisfaction, Minority ethnic")])
    effect = np.stack([(size * overall.free).sum(axis=1), (size * slope * gap.free).sum(axis=1)], axis=1)
    move = np.linalg.solve(effect, force * size.sum(axis=1) - now.sum(axis=1))
    return (overall.percent + move[0] * overall.free) / 100, (gap.percent + move[1] * gap.free) / 100


def _choice(windows: Windows, borough: int, stated: NDArray[np.int64], shares: NDArray[np.float64]) -> Choice:
    """The numbers near the expected ones with which the borough's published figures come out."""
    near = [_near(*group) for group in zip(stated.tolist(), shares.tolist(), strict=True)]
    white, minority, no_group = np.ix_(*near)
    white_percent, minority_percent = 100 * white / stated[0], 100 * minority / stated[1]
    fits = windows.gap.holds(borough, white_percent - minority_percent)
    fits &= windows.white.holds(borough, white_percent) & windows.minority.holds(borough, minority_percent)
    fits = fits & windows.overall.holds(borough, 100 * (white + minority + no_group) / stated.sum())
    each = [
        draws.binomial_chances(n, share)[some] for n, share, some in zip(stated.tolist(), shares, near, strict=True)
    ]
    a, b, c = np.ix_(*each)
    return Choice(np.array([some[0] for some in near]), a * b * c * fits)


def _near(n: int, share: float) -> NDArray[np.int64]:
    """Whole numbers from 0 to ``n`` that a binomial draw may give."""
    reach = NEAR * (n * share * (1 - share)) ** 0.5
    return np.arange(max(0, int(n * share - reach)), min(n, int(n * share + reach) + 1) + 1)


def _force_comes_out(met: NDArray[np.int64], stated: NDArray[np.int64]) -> bool:
    """Whether the figures published for the whole force come out, with and without people of no stated group."""
    white, minority, _ = (100 * met.sum(axis=0) / stated.sum(axis=0)).tolist()
    overall = [100 * met[:, :n].sum() / stated[:, :n].sum() for n in (2, 3)]
    return (
        all(comes_out(percent, published("satisfaction")) for percent in overall)
        and comes_out(white, published("satisfaction, White"))
        and comes_out(minority, published("satisfaction, Minority ethnic"))
        and comes_out(white - minority, published("satisfaction gap"))
    )
