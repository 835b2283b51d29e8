"""The example records, by name."""

from collections.abc import Callable
from importlib import import_module

from dueregard.data.example_records import ExampleRecords

NAMES = (
    "satisfaction", "attitudes", "confidence", "confidence_drivers", "explained_gap", "workforce", "workforce_flows",
    "recruitment", "stop_search", "cases", "victims", "complaints", "flexible_working", "staff_survey",
    "impact_assessments", "self_assessment", "panel_answers", "business_areas", "supplier_answers", "population",
)  # fmt: skip


def example_names() -> list[str]:
    """Names of the generated tables, for `example`.

    Examples
    --------
    >>> import dueregard as dr
    >>> dr.data.example_names()
    ['satisfaction', 'attitudes', 'confidence', 'confidence_drivers', 'explained_gap', 'workforce', 'workforce_flows',
     'recruitment', 'stop_search', 'cases', 'victims', 'complaints', 'flexible_working', 'staff_survey',
     'impact_assessments', 'self_assessment', 'panel_answers', 'business_areas', 'supplier_answers', 'population']
    """
    return list(NAMES)


def example(name: str, *, seed: int = 2011) -> ExampleRecords:
    """Realistic records that belong to nobody, with totals set to published figures.

    Parameters
    ----------
    name
        ``"satisfaction"``: user satisfaction survey, one row an interview, April 2010 to March 2011.
        ``"attitudes"``: public attitude survey, 640 people in each borough, with population weights.
        ``"confidence"``: three years of the same kind of survey, with sampling points, weights and a change of mode.
        ``"confidence_drivers"``: one year of it with questions on what drives confidence; their effects are built in.
        ``"explained_gap"``: a satisfaction survey in which 5 of the 7 points of the gap are composition.
        ``"workforce"``: one row a member of staff, some characteristics not declared.
        ``"workforce_flows"``: one row a person in post in the year: who joined, left, became known, was promoted.
        ``"recruitment"``: one row an application of the year, and how far it got.
        ``"stop_search"``: one row a search, several to an encounter, columns as published by police.
        ``"cases"``: grievance, discipline and employment tribunal cases of the same workforce.
        ``"victims"``: one row a record of a victim of crime: updates, detection and calls back; victims are numbered.
        ``"complaints"``: one row an allegation by a member of the public, and what came of it.
        ``"flexible_working"``: requests of members of the same workforce, and what was decided.
        ``"staff_survey"``: dignity and respect at work, one row a survey that came back.
        ``"impact_assessments"``: equality impact assessments, due and completed, with their mitigations.
        ``"self_assessment"``: answers to the Equality Standard, 32 boroughs and 41 other units in three rounds.
        ``"panel_answers"``: what advisors, peers and a community panel answered for the same boroughs.
        ``"business_areas"``: answers of 132 business areas to the 142 questions of an equality framework.
        ``"supplier_answers"``: answers of 40 suppliers to the supplier equality questionnaire.
        ``"population"``: London's population in the groups that were published (no random numbers).
    seed
        A whole number from 0 to 2**64 - 1. The totals that are set come out for every seed.

    Returns
    -------
    ExampleRecords
        A dict of NumPy columns. ``notes`` says which totals are set and what is only plausible. Kinds of missing
        are the labels of `dueregard.missing.KINDS`; "stop_search" has blanks and "Not Stated (NS)", as published.

    Raises
    ------
    ValueError
        For a name that does not exist or a seed out of range.
    TypeError
        When the seed is not a whole number.

    Notes
    -----
    Random numbers are NumPy's Philox keyed by (seed, name): the tables are independent, and the same on every run.

    Examples
    --------
    >>> import dueregard as dr
    >>> survey = dr.data.example("satisfaction")
    >>> survey.n_rows, sorted(set(survey["ethnic_group_broad"].tolist()))
    (18000, ['Minority ethnic', 'White', 'not stated'])
    """
    if name not in NAMES:
        raise ValueError(f"name: no example {name!r}; the examples are {', '.join(NAMES)}")
    make: Callable[[int], ExampleRecords] = getattr(import_module(f"dueregard.data.{name}"), name)
    return make(seed)
