"""How a sample was drawn, in the words of a rule or a command."""

from typing import Any

WORDS = ("stratum", "psu", "fpc", "nest", "lonely", "replicate_weights", "replicates", "fay")
"""What says that there is a design; a weight alone gives effective numbers of cases, and no clusters."""


def with_design(arguments: dict[str, Any]) -> dict[str, Any]:
    """The arguments of a measure, with the design that the words name, if any does, in the place of the weight.

    >>> with_design({"by": "borough", "weight": "w"})
    {'by': 'borough', 'weight': 'w'}
    >>> with_design({"by": "borough", "weight": "w", "psu": "ward"})
    {'by': 'borough', 'design': SurveyDesign: clusters 'ward', weights 'w'}
    """
    said = {name: arguments[name] for name in WORDS if is_said(arguments.get(name))}
    others = {name: value for name, value in arguments.items() if name not in WORDS}
    if not said:
        return others
    import dueregard as dr

    _check_replicates(said)
    weights = said.get("replicate_weights")
    if isinstance(weights, list) and len(weights) == 1:
        said["replicate_weights"] = weights[0]  # one text may be a pattern
    return others | {"design": dr.survey_design(weight=others.pop("weight", None), **said)}


def _check_replicates(said: dict[str, Any]) -> None:
    """Refuse what only Python can say of replicates, and what would have no effect."""
    if "fay" in said and said.get("replicates") != "fay":
        raise ValueError(
            "fay: the coefficient of replicates of the kind 'fay'; name that as replicates, or leave it out"
        )
    if said.get("replicates") == "jkn" and "replicate_weights" in said:
        raise ValueError(
            "replicates: 'jkn' with replicate weights needs a scale for each, which dueregard.survey_design takes in "
            "Python as replicate_scales"
        )


def is_said(value: Any) -> bool:
    """Whether an option or a key was given: a number may be 0, and what was left out is none, false or empty.

    >>> is_said(0.0), is_said(None), is_said([]), is_said(False)
    (True, False, False, False)
    """
    return not (value is None or value is False or (isinstance(value, (str, list, dict)) and not value))
