"""Events as they come: records, tables of counts, tallies, or files whose form is known, in the groups asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dueregard.measures.grouped import tally_of
from dueregard.measures.mapped import mapped
from dueregard.records import classifications
from dueregard.records.files import is_path
from dueregard.tallies import Tally


@dataclass(frozen=True)
class Events:
    """A tally of events, with what their source says of itself and the mapping that was used."""

    data: Any
    tally: Tally
    group: str
    classes: classifications.Mapping | None
    unknown: str
    word: str
    """What the events are called, in the plural."""
    period: str | None
    notes: tuple[str, ...]
    where: Any = None
    labels: Mapping[str, Sequence[Any]] | None = None
    n_months: int | None = None
    """How many months there are files of, where the source tells."""

    @property
    def mapping(self) -> str | None:
        return None if self.classes is None else self.classes.name

    @property
    def classification(self) -> str | None:
        return None if self.classes is None else self.classes.target

    @property
    def not_recorded(self) -> tuple[str, ...]:
        """Groups that the source cannot record; one that was counted all the same has been recorded."""
        if self.classes is None:
            return ()
        counts = self.tally.margin(self.group).counts
        met = {label for label, n in zip(self.tally.labels[self.group], counts, strict=True) if n}
        return tuple(label for label in self.classes.not_recorded if label not in met)


def known_records(data: Any) -> Any:
    """The records of a file whose form is known, or the data as they are."""
    if not is_path(data):
        return data
    from dueregard.records import known_files

    known = known_files.recognise(data)
    return data if known is None else known_files.read(data, known)


def read_events(
    events: Any,
    columns: Sequence[str],
    *,
    group: str,
    mapping: Any,
    unknown: str,
    count: str | None,
    missing: Mapping[Any, str] | None,
    where: Any,
    labels: Mapping[str, Sequence[Any]] | None,
    threads: int | None,
    design: Any = None,
) -> Events:
    """The events counted by the columns, their groups put where the mapping says."""
    data = known_records(events)
    options: dict[str, Any] = {"missing": missing, "where": where, "labels": labels, "threads": threads}
    if design is not None:
        counted = tally_of(data, columns, outcome=None, weight=None, count=count, design=design, **options)
    else:
        counted = _counted(data, columns, count, **options)
    classes = None if mapping is None else classifications.mapping(mapping)
    if classes is not None:
        counted = mapped(counted, group, classes, unknown=unknown)
    return Events(
        data=data,
        tally=counted,
        group=group,
        classes=classes,
        unknown=unknown,
        word=getattr(data, "event_word", "events"),
        period=getattr(data, "period", None),
        notes=_notes_on(data, columns),
        where=where,
        labels=labels,
        n_months=len(data.months) if hasattr(data, "months") else None,
    )


def _notes_on(data: Any, columns: Sequence[str]) -> tuple[str, ...]:
    """What the reader of a known file says of these columns, and of the file as a whole."""
    if not hasattr(data, "period"):
        return ()
    others = [name for name in data.columns if name not in columns]
    return tuple(note for note in data.notes if note.partition(":")[0] not in others)


def _counted(data: Any, columns: Sequence[str], count: str | None, **options: Any) -> Tally:
    if count is None:
        return tally_of(data, columns, outcome=None, weight=None, **options)
    if isinstance(data, Tally):
        raise TypeError("count: data is a Tally, which is already counted; pass count to dr.tally")
    from dueregard.counting import tally

    return tally(data, list(columns), count=count, **options)
