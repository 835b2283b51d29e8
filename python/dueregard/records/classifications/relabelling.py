"""The Mapping: which group of one classification each label of another belongs to."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from dueregard.missing import KINDS, NOT_STATED, is_missing, resolve

UNKNOWN = ("raise", NOT_STATED)
_SAME_MARKS = str.maketrans({"\N{EN DASH}": "-", "\N{EM DASH}": "-", "\N{RIGHT SINGLE QUOTATION MARK}": "'"})


@dataclass(frozen=True)
class Mapping:
    """The labels of a source, each with its group in a target.

    A label is found as it is written or, failing that, without regard to case, spaces and the kind of dash. Null and
    empty text are "not stated", and kinds of missing stay what they are.

    Parameters
    ----------
    name : str
        What is stored beside every figure, such as "16+1 to 5+1 (2011)".
    source, target : str
        The two classifications. Targets of the same name have the same groups.
    labels : dict of str to str or None
        Label of the source to group of the target, or to a kind of missing; None for a row that is the total of
        others, which is set aside.
    target_labels : tuple of str
        The groups of the target, in their order.
    not_recorded : tuple of str
        Groups of the target that the source cannot record, or hardly ever does.
    parts : dict of str to tuple of str
        For a row that is a total: the labels it is the total of.
    details : dict of str to str
        For each label that is no total: the detailed group it stands for, which may have several labels.

    Examples
    --------
    >>> import dueregard as dr
    >>> to_five = dr.mapping("16+1 to 5+1 (2011)")
    >>> to_five.of("Chinese or other ethnic group - Chinese (O1)"), to_five.of("NS")
    ('Asian', 'not stated')
    """

    name: str
    source: str
    target: str
    labels: dict[Any, str | None]
    target_labels: tuple[str, ...]
    not_recorded: tuple[str, ...] = ()
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    details: dict[str, str] = field(default_factory=dict, repr=False)

    def __repr__(self) -> str:
        groups = ", ".join(self.target_labels)
        return f"Mapping {self.name!r}: {len(self.labels)} labels to {groups}"

    def of(self, label: Any, *, unknown: str = "raise") -> str:
        """The group of one label.

        Parameters
        ----------
        label : str
            A label of the source.
        unknown : {"raise", "not stated"}
            What becomes of a label that the mapping does not know.

        Returns
        -------
        str
            A group of the target, or a kind of missing.

        Raises
        ------
        ValueError
            If the label is not known, naming the nearest that is; or if it is a total of other rows.
        """
        group = self._group(label, unknown)
        if group is None:
            raise ValueError(f"mapping {self.name!r}: {label!r} is the total of other rows, not a group")
        return group

    def moves(self, labels: Iterable[Any], *, unknown: str = "raise") -> tuple[list[int], list[str]]:
        """Where each label goes, as `Tally.relabelled` takes it: positions, and the names there.

        All groups of the target are there, in its order, then the kinds of missing that occur. A total has -1.
        """
        groups = [self._group(label, unknown) for label in labels]
        names = [*self.target_labels, *(kind for kind in KINDS if kind in groups)]
        position = {name: i for i, name in enumerate(names)}
        return [-1 if group is None else position[group] for group in groups], names

    def parts_of(self, total: Any) -> tuple[Any, ...] | None:
        """The labels that a total is the total of; None for all there are.

        In a dict of one's own, a total of the name of a group is the total of that group.
        """
        key = self.known(total)
        if key in self.parts:
            return self.parts[key]
        if key in self.target_labels:
            return tuple(label for label, group in self.labels.items() if group == key)
        return None

    def absent(self, labels: Iterable[Any]) -> list[str]:
        """The detailed groups of the source that none of the labels stands for."""
        there = {self.details.get(self.known(label)) for label in labels}
        return [group for group in dict.fromkeys(self.details.values()) if group not in there]

    def known(self, label: Any) -> Any:
        """The label as the mapping has it, or None."""
        if label in self.labels:
            return label
        alike = self._folded.get(folded(label), []) if isinstance(label, str) else []
        return alike[0] if len({self.labels[key] for key in alike}) == 1 else None

    def _group(self, label: Any, unknown: str) -> str | None:
        if unknown not in UNKNOWN:
            raise ValueError(f"unknown: {unknown!r} is not one of {', '.join(map(repr, UNKNOWN))}")
        label = resolve(label, {})
        key = self.known(label)
        if key is not None:
            return self.labels[key]
        if is_missing(label):
            return str(label)
        if unknown == NOT_STATED:
            return NOT_STATED
        raise ValueError(f"mapping {self.name!r}: {label!r} is not a label of {self.source}{self._hint(label)}")

    @cached_property
    def _folded(self) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        for label in self.labels:
            if isinstance(label, str):
                found.setdefault(folded(label), []).append(label)
        return found

    def _hint(self, label: Any) -> str:
        near = get_close_matches(folded(str(label)), list(self._folded), 1, 0.6)
        asked = "unknown='not stated' counts it as not stated"
        return f"; did you mean {self._folded[near[0]][0]!r}? ({asked})" if near else f"; {asked}"


def folded(text: str) -> str:
    """A text without regard to case, spaces and the kind of dash."""
    return " ".join(text.translate(_SAME_MARKS).casefold().split())
