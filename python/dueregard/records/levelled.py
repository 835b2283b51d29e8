"""A column of text that knows labels which none of its rows has: part of a table that keeps the labels of the whole."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray


class LevelledText:
    """Text as codes of labels, which some rows of a table keep when the others are left out.

    A quarter in which nobody answered "Yes" then has 0 of them, and not a column without that answer.

    Parameters
    ----------
    codes : array of int64
        The place of each row's label.
    labels : array of text
        The labels, each once.

    Examples
    --------
    >>> whole = LevelledText.of(np.array(["No", "Yes", "No"]))
    >>> part = whole[np.array([True, False, True])]
    >>> part.tolist(), part.labels.tolist()
    (['No', 'No'], ['No', 'Yes'])
    """

    def __init__(self, codes: NDArray[np.int64], labels: NDArray[Any]) -> None:
        self.codes = codes
        self.labels = labels

    @classmethod
    def of(cls, text: NDArray[Any]) -> "LevelledText":
        """The column of an array of text."""
        labels, codes = np.unique(text, return_inverse=True)
        return cls(codes.astype(np.int64), labels)

    def __len__(self) -> int:
        return len(self.codes)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.tolist())

    def tolist(self) -> list[Any]:
        """The text of each row."""
        texts: list[Any] = self.labels[self.codes].tolist()
        return texts

    def __getitem__(self, rows: NDArray[np.bool_]) -> "LevelledText":
        """Some of the rows."""
        return LevelledText(self.codes[rows], self.labels)

    def __eq__(self, label: object) -> Any:
        """Which rows have a label, as of an array."""
        return (self.labels == label)[self.codes]

    __hash__ = None  # type: ignore[assignment]

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        return np.asarray(self.labels[self.codes], dtype=dtype)
