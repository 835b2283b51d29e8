"""How a sample was drawn, in the words of a rule or a command."""

from typing import Any

WORDS = ("stratum", "psu", "fpc", "nest")
"""What says that there is a design; a weight alone gives effective numbers of cases, and no clusters."""


def with_design(arguments: dict[str, Any]) -> dict[str, Any]:
    """The arguments of a measure, with the design that the words name, if any does, in the place of the weight.

    >>> with_design({"by": "borough", "weight": "w"})
    {'by': 'borough', 'weight': 'w'}
    >>> with_design({"by": "borough", "weight": "w", "psu": "ward"})
    {'by': 'borough', 'design': SurveyDesign: clusters 'ward', weights 'w'}
    """
    said = {name: arguments[name] for name in WORDS if arguments.get(name)}
    others = {name: value for name, value in arguments.items() if name not in WORDS}
    if not said:
        return others
    import dueregard as dr

    return others | {"design": dr.survey_design(weight=others.pop("weight", None), **said)}
