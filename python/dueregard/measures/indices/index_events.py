"""Events over people as indices of inequality take them: read, matched and named as rates are elsewhere."""

from collections.abc import Mapping
from typing import Any

from dueregard.inference import checked
from dueregard.inference.references import OVERALL
from dueregard.measures.grouped import as_labels
from dueregard.measures.indices.index_sources import Source, of_rates
from dueregard.measures.rates.bases import basis_named
from dueregard.measures.rates.counted_events import read_events
from dueregard.measures.rates.rate_notes import BOUNDED, notes_of
from dueregard.measures.rates.rate_questions import Asked, both_sides, mappings_of, name_of, period_of
from dueregard.measures.thresholds import read_threshold

OUTSIDE = "they are in no index"


def read_rates(
    data: Any,
    population: Any,
    group: str,
    areas: tuple[str, ...],
    name: str | None,
    *,
    per: float,
    period: str | None,
    basis: str,
    exposure: str | None,
    no_events: Any,
    missing: Mapping[Any, str] | None,
    **options: Any,
) -> Source:
    """Events beside their population, as `dueregard.proportionality` reads them."""
    events = read_events(data, [*areas, group], group=group, missing=missing, **options)
    on = basis_named(basis)
    asked = Asked(
        events, group, OVERALL, areas, (), per=checked.between("per", per, 0, float("inf")), period=period,
        exposure=exposure, method="score", adjust="none", practical=read_threshold(None, "ratio"),
        higher_is_better=None, name=checked.words("name", name) or events.word, chance=True, levels=(0.95,),
        no_events=as_labels(no_events), missing=missing, encounter=(), function="inequality",
    )  # fmt: skip
    pool, matched = both_sides(population, on, asked)
    when = period_of(asked, on)
    about: dict[str, Any] = {
        "basis": on.name,
        "population": pool.source,
        "population_date": pool.date,
        "mapping": mappings_of(events, pool),
        "months": None if when is None else when.months,
    }
    if on.is_rate:
        about["per"] = per
    return of_rates(
        matched,
        whole=pool.whole,
        estimated=pool.squared_errors is not None,
        is_rate=on.is_rate,
        name=name_of(asked, on, when),
        characteristic=group,
        by=areas,
        scale=per if on.is_rate else 100.0,
        rate_unit=f"per {per:,.10g}" if on.is_rate else None,
        weights=on.word,
        period=None if when is None else when.words,
        about=about,
        notes=tuple(note.replace(BOUNDED, OUTSIDE) for note in notes_of(events, asked.name, pool, matched, on, False)),
        provenance=events.tally.provenance,
        native=events.tally.native,
    )
