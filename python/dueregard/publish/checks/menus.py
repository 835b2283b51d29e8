"""What can be shown of something, by the names that commands and rules use, and what each of them takes."""

from collections.abc import Mapping, Sequence
from typing import Any

from dueregard.hints import did_you_mean

Menu = Mapping[str, Sequence[str]]
"""The names of what can be shown, each with its arguments."""


def chosen_arguments(show: str, arguments: Mapping[str, Any], menu: Menu) -> dict[str, Any]:
    """The arguments that were given.

    Raises
    ------
    ValueError
        When there is no such thing to show, or it does not take an argument that was given.

    Examples
    --------
    >>> chosen_arguments("status", {"within": 10, "by": None}, {"status": ["within"], "progress": ["by"]})
    {'within': 10}
    """
    if show not in menu:
        raise ValueError(f"show: {show!r} is not one of {', '.join(menu)}{did_you_mean(show, list(menu))}")
    given = {name: value for name, value in arguments.items() if value is not None}
    for name in given:
        _refuse_other(show, name, menu)
    return given


def refuse_others(named: str, given: Mapping[str, Any], menu: Menu) -> None:
    """Refuse what ``named`` has not, but others of the menu have.

    Examples
    --------
    >>> refuse_others("wald", {"prior": 1}, {"wald": [], "bayes": ["prior"]})
    Traceback (most recent call last):
    ValueError: prior: 'wald' has no such argument; it goes with bayes
    """
    for name in given:
        if any(name in names for names in menu.values()):
            _refuse_other(named, name, menu)


def _refuse_other(show: str, name: str, menu: Menu) -> None:
    if name not in menu[show]:
        raise ValueError(f"{name}: {show!r} has no such argument; {_takers(name, menu)}")


def _takers(name: str, menu: Menu) -> str:
    takers = [show for show, names in menu.items() if name in names]
    return f"it goes with {', '.join(takers)}" if takers else "nothing takes it"
