"""What each driver explains, from cross-products and from their replicates."""

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.importance.correlations import COLLINEAR, Correlations, correlations
from dueregard.inference.importance.lmg import lmg
from dueregard.inference.importance.players import Players
from dueregard.inference.importance.shapley_subsets import N_ORDERS
from dueregard.inference.importance.sweeps import swept
from dueregard.inference.random_keys import SEED

MOST_EXACT = 15
"""With more drivers than this, replicates are held against the sample over some orders alone."""


def explained_shares(cross: Floats, players: Players, threads: int | None = None) -> Floats:
    """The share of the outcome's variance that each driver explains beyond the controls, averaged over all orders.

    ``cross`` are cross-products (R, n, n), ones first and the outcome last; the result has the shape (R, drivers).
    Nothing is refused, as replicates may lack what the sample has: a column that does not vary, or is made of others,
    adds nothing, and nothing is explained of an outcome that does not vary.
    """
    found = correlations(cross)
    shares = lmg(_beyond_controls(found, players), found.floors, players, threads)
    return np.maximum(shares, 0.0)  # below it lies rounding alone


def changes_over_orders(cross: Floats, whole: Floats, players: Players) -> Floats:
    """How much more each driver explains in each of the ``cross`` (R, n, n) than in the ``whole`` (n, n), (R, drivers).

    Over `N_ORDERS` of the orders, the same for both: what they leave out is nearly the same on both sides. Those of one
    half are those of the other, backwards.
    """
    every = range(len(players.groups))
    places = np.array([*players.columns, whole.shape[0] - 2])
    beyond = _beyond_controls(correlations(np.concatenate([cross, whole[np.newaxis]])), players)
    products = beyond[:, places[:, np.newaxis], places]
    owner = np.repeat(every, [len(group) for group in players.groups])
    products += COLLINEAR * np.eye(len(owner) + 1)
    rng, found = np.random.default_rng(SEED), np.zeros((len(products), len(players.groups)))
    for _ in range(N_ORDERS // 2):
        forwards = rng.permutation(len(players.groups))
        for order in (forwards, forwards[::-1]):
            columns = np.concatenate([np.flatnonzero(owner == driver) for driver in order])
            gained = np.square(_last_row(products, columns))
            np.add.at(found.T, owner[columns], gained.T / N_ORDERS)
    return np.asarray(found[:-1] - found[-1])


def _last_row(products: Floats, columns: NDArray[np.int64]) -> Floats:
    """Of the Cholesky factor with the columns in this order and the outcome last: squared, what each adds."""
    places = np.append(columns, products.shape[-1] - 1)
    factor = np.linalg.cholesky(products[:, places[:, np.newaxis], places])
    return np.asarray(factor[:, -1, :-1])


def _beyond_controls(found: Correlations, players: Players) -> Floats:
    """Correlations with the controls swept out."""
    if not players.controls:
        return found.products
    return swept(found.products, found.floors, players.controls)[0]
