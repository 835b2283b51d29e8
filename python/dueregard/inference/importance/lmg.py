"""The part of what all drivers explain that is due to each, averaged over all orders in which they can come."""

import numpy as np

from dueregard import _core
from dueregard import threads as parts
from dueregard.inference.checked import Floats
from dueregard.inference.importance.players import Players


def lmg(beyond: Floats, floors: Floats, players: Players, threads: int | None = None) -> Floats:
    """Shares (n, drivers), in the unit of the products, which they sum to what all drivers explain of.

    Parameters
    ----------
    beyond : array of float
        Products of all columns with the outcome last, shape (n, k + 1, k + 1), with controls swept out.
    floors : array of float
        What of each column is no more than rounding, shape (n, k + 1).
    players : Players
        Which columns are whose.
    threads : int, optional
        At most this many, each with sets of its own.
    """
    drivers = players.narrowest_first
    columns = [column for driver in drivers for column in players.groups[driver]]
    sizes = np.array([len(players.groups[driver]) for driver in drivers], np.int32)
    places = np.array([*columns, beyond.shape[-1] - 1])
    products = np.ascontiguousarray(beyond[:, places[:, np.newaxis], places])
    least = np.ascontiguousarray(floors[:, columns])

    def work(first: int, stop: int, interrupt: parts.Interrupt) -> Floats:
        return _core.subset_shares(products[first:stop], least[first:stop], sizes, interrupt)

    n_threads = max(1, min(parts.choose(threads, max(1, len(products) << len(sizes))), len(products)))
    shares = np.concatenate(parts.over_ranges(work, len(products), n_threads))
    return shares[:, np.argsort(drivers)]
