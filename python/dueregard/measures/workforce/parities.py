"""`dueregard.parity`: how many people, and how many years, a group is short of its share of a population."""

import re
from collections.abc import Mapping, Sequence
from datetime import date as Date
from typing import Any

from dueregard.findings import Findings
from dueregard.inference import checked, random_keys
from dueregard.measures.grouped import as_labels, by_names
from dueregard.measures.populations.populations import Population
from dueregard.measures.workforce.parity_flows import Flow, flow_of
from dueregard.measures.workforce.parity_rows import ParityQuestion, parity_columns
from dueregard.measures.workforce.serving import serve
from dueregard.measures.workforce.stage_counts import Reading
from dueregard.records.dates import day_of
from dueregard.tallies import Tally


def parity(
    workforce: Any,
    population: Any,
    *,
    group: str,
    joiners: Any = None,
    leavers: Any = None,
    years: float = 1,
    date: str | Date | None = None,
    within: float = 10,
    horizon: float = 100,
    by: str | Sequence[str] | None = None,
    mapping: Any = None,
    no_staff: Any = (),
    name: str | None = None,
    period: str | None = None,
    confidence_level: float = 0.95,
    draws: int = 2_000,
    rng: Any = 2011,
    missing: Mapping[Any, str] | None = None,
    labels: Mapping[str, Sequence[Any]] | None = None,
    threads: int | None = None,
) -> Findings:
    """Numbers needed for parity with a population: people now, joiners a year, and the year at the present flow.

    Parameters
    ----------
    workforce, population, group, by, mapping, no_staff
        As in `dueregard.representation`. The staff may also be a dict of numbers by group.
    joiners, leavers : Tally, anything `dueregard.tally` takes, or a dict of numbers by group, optional
        Who came and who went in ``years``, in the same groups and areas. Without them there is no year.
    years : float
        How many years of joiners and leavers these are.
    date : str or date, optional
        When the staff were counted, such as "2011-03-31": what years are counted from. Without it there are numbers of
        years, and no year.
    within : float
        In how many years joiners would have to bring parity about.
    horizon : float
        How many years are looked ahead.
    name : str, optional
        What the people are, in the plural: "staff" unless given.
    period : str, optional
        What to write in the ``period`` column.
    confidence_level : float
        Between 0 and 1.
    draws : int
        How many times the flows are drawn anew for limits.
    rng : int, numpy SeedSequence or numpy Generator
        The key of the random numbers.
    missing, labels, threads
        As in `dueregard.tally`, of all records.

    Returns
    -------
    Findings
        For each level of ``by`` and group up to three rows, told apart by ``part``:

        - "people now": ``estimate`` how many more of the group there would have to be at the present number of staff,
          below 0 where there are more than its share; ``needed`` the whole number of people who bring it about,
          ``needed_by_growth`` how many if nobody left and only members of the group joined.
        - "joiners a year": ``estimate`` how many of the joiners of a year would have to be of the group to reach parity
          ``within`` so many years, if exactly those who leave at present are replaced; ``value`` how many are now,
          ``posts`` how many posts there are to fill. The verdict says if even all of them would not do.
        - "years to parity": ``estimate`` at the present flow, infinite if parity is not reached within the horizon, and
          ``year``, ``year_low`` and ``year_high``, None for never.

    Raises
    ------
    TypeError
        If ``population`` is neither a Population nor a Tally, or only one of joiners and leavers is given.
    ValueError
        As `dueregard.representation`; if a group or area of the flows is not one of the staff; if ``years``, ``within``
        or ``horizon`` is not above 0; if the date is no date.

    Notes
    -----
    Shares are of staff who state a group. "people now" is n (P - p) for n such staff with the share p, against the
    share P of the population; its limits are those of `dueregard.compare_share`, as chance could have made another
    workforce, and p is its. How many members of the group are needed as replacements is x that of an equation of whole
    numbers: the least k with (x + k) / n >= P; by growth (x + k) / (n + k) >= P.

    At the present flow, members of the group join at a constant number a year and leave at a constant rate for each one
    there is, x(t) = x0 + (j - r x0)(1 - exp(-r t)) / r, and so do all others; the total may grow or shrink. Parity is
    reached when x is P of both. Nothing else is assumed to change: not the population, not retirement as staff age.

    The limits of years and of joiners needed are those of flows that could as well have happened: each number of
    joiners or leavers is drawn from what is known of the mean of a Poisson count (Jeffreys' gamma distribution with
    shape x + 1/2). "Never" is an answer, and may be one limit or both. The share of the population is taken as known
    there.

    A group at or above its share needs nobody, and is there in 0 years. Without staff of a group its leaving rate is
    that of all staff.

    Examples
    --------
    >>> import numpy as np
    >>> import dueregard as dr
    >>> found = dr.parity(
    ...     {"BME": 100, "White": 900}, dr.Tally(np.array([20, 80]), {"ethnicity": ["BME", "White"]}),
    ...     joiners={"BME": 18, "White": 42}, leavers={"BME": 6, "White": 54}, group="ethnicity", date="2011-03-31",
    ... ).filter(group="BME")
    >>> found["needed"][0], round(found["estimate"][1], 1)
    (100, 19.3)
    >>> [found[name][2] for name in ("year", "year_low", "year_high")]
    [2022, 2016, None]
    """
    if not isinstance(population, Population | Tally):
        raise TypeError(f"population must be made with dr.population, or a Tally, not {type(population).__name__}")
    if (joiners is None) != (leavers is None):
        given, other = ("joiners", "leavers") if leavers is None else ("leavers", "joiners")
        raise TypeError(f"{given}: goes with {other}=, for one without the other is half a flow")
    random_keys.check(rng)
    spans = {"years": years, "within": within, "horizon": horizon}
    lengths = {name: checked.between(name, span, 0, float("inf")) for name, span in spans.items()}
    reading = Reading(group, by_names(by, {"group": group}), missing, labels, threads, _mapping(mapping))
    tally = reading.counted(workforce)
    served = serve(tally, population, group=group, by=reading.by, no_staff=as_labels(no_staff), mapping=reading.mapping)
    question = ParityQuestion(
        name=checked.words("name", name) or "staff",
        characteristic=group,
        by=reading.by,
        period=checked.words("period", period),
        level=checked.level(confidence_level),
        **lengths,
        start=None if date is None else year_of(date),
        draws=checked.at_least_one("draws", draws),
        rng=rng,
    )
    flows = None if joiners is None else _flows(joiners, leavers, reading, tally, served[0].staff.groups)
    return Findings(
        parity_columns(served, flows, question),
        by=reading.by,
        provenance=tally.provenance,
        native=tally.native,
        notes=served[0].notes,
        kind="parity",
    )


def year_of(date: Any) -> float:
    """A date as a number of years: the year, and how much of it has passed.

    >>> year_of("2011"), round(year_of("2011-07-02"), 2)
    (2011.0, 2011.5)
    """
    if isinstance(date, str) and re.fullmatch(r"\d{4}(-\d\d)?", date):
        date = f"{date}-01-01"[:10] if len(date) == 4 else f"{date}-01"
    day = day_of("date", date)
    year = day.astype("datetime64[Y]")
    passed, length = (end.astype("datetime64[D]") - year.astype("datetime64[D]") for end in (day, year + 1))
    return float(1970 + int(year.astype(int)) + passed / length)


def _flows(joiners: Any, leavers: Any, reading: Reading, staff: Tally, groups: Sequence[Any]) -> tuple[Flow, Flow]:
    """Who came and who went, in the areas and groups of the staff."""
    named = {"joiners": joiners, "leavers": leavers}
    each = [flow_of(name, reading.counted(data), reading.by, staff, groups) for name, data in named.items()]
    return each[0], each[1]


def _mapping(mapping: Any) -> Any:
    if mapping is None:
        return None
    from dueregard.records.classifications import mapping as mapping_named

    return mapping_named(mapping)
