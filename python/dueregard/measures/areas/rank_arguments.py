"""The arguments of `dueregard.rank` that say what is ranked, and which of them go together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dueregard.findings import RESERVED, Findings
from dueregard.inference import checked
from dueregard.measures.areas import among as alike
from dueregard.measures.areas.area_sources import Source
from dueregard.measures.areas.rank_rows import RANKS
from dueregard.measures.areas.rank_sources import of_counts, of_findings, of_percentages, read_nobs
from dueregard.measures.areas.ranked_figures import RankedFigures
from dueregard.measures.grouped import by_names, tally_of
from dueregard.missing import check_mapping, resolve
from dueregard.records import plain_tables

Groups = Mapping[tuple[Any, ...], Any]


@dataclass(frozen=True)
class RankArguments:
    """As they were given."""

    data: Any
    by: str | Sequence[str] | None
    outcome: str | None
    positive: Any
    exclude: Any
    count: str | None
    nobs: str | int | None
    percent: str | None
    group: Any
    name: str | None
    period: str | None
    missing: Mapping[Any, str] | None
    where: Any
    weight: Any
    labels: Mapping[str, Sequence[Any]] | None
    threads: int | None
    design: Any = None

    def read(self, level: float) -> RankedFigures:
        """The figures, from whichever source the arguments name."""
        if isinstance(self.data, Findings):
            self._refuse("findings are ranked as they are", *self._all_but("data", "group", "threads"))
            return of_findings(self.data, self.group)
        self._refuse("there are no findings to choose a group of", "group")
        if self.by is None:
            raise TypeError("by: name the column of areas")
        if self.percent is None:
            return of_counts(self._counted().read("rank"), level)
        self._refuse(
            "percentages are of no records and no counts", "outcome", "positive", "count", "weight", "labels", "design"
        )
        return of_percentages(
            self.data, by=self.by, percent=self.percent, nobs=read_nobs(self.nobs), where=self.where,
            name=checked.words("name", self.name), period=checked.words("period", self.period),
            missing=check_mapping(self.missing), level=level,
        )  # fmt: skip

    def _counted(self) -> Source:
        if self.outcome is None and (self.count is None or self.nobs is None):
            raise TypeError(
                "rank needs findings; or outcome= and positive= for records; or, for a table with a row for each area, "
                "count= and nobs=, or percent="
            )
        if not (self.nobs is None or isinstance(self.nobs, str)):
            raise TypeError(f"nobs: {self.nobs!r} is not the name of a column")
        return Source(
            self.data, None, self.by or (), outcome=self.outcome, positive=self.positive, exclude=self.exclude,
            count=self.count, sizes={"nobs": self.nobs}, per=1.0, period=checked.words("period", self.period),
            no_events=(), name=self.name, missing=self.missing, where=self.where, weight=self.weight,
            labels=self.labels, threads=self.threads, design=self.design,
        )  # fmt: skip

    def _refuse(self, why: str, *names: str) -> None:
        for name in names:
            if getattr(self, name) not in (None, ()):
                raise TypeError(f"{name}: {why}, so that {name} has no meaning")

    def _all_but(self, *names: str) -> list[str]:
        return [name for name in self.__dataclass_fields__ if name not in names]

    def groups_of(self, figures: RankedFigures, among: str | Mapping[Any, Any]) -> Groups:
        """Which group of areas each area is in."""
        if isinstance(among, Mapping):
            return alike.of_mapping(among, figures.areas)
        if not isinstance(among, str):
            raise TypeError(f"among: {among!r} is neither the name of a column nor a dict of areas")
        if among in RESERVED or among in (*RANKS, "compared_areas"):
            raise ValueError(f"among: {among!r} is the name of a column of the findings; rename it in the data")
        if isinstance(self.data, Findings):
            return self._beside_findings(self.data, among)
        by = by_names(self.by, {"among": among})
        if self.outcome is not None:
            return self._in_records(by, among)
        table, mapping = plain_tables.read(self.data, [*by, among]), check_mapping(self.missing)
        columns = [[resolve(label, mapping) for label in table.columns[name]] for name in (*by, among)]
        return alike.of_columns(list(zip(*columns[:-1], strict=True)), columns[-1])

    def _beside_findings(self, findings: Findings, among: str) -> Groups:
        if among not in findings.columns:
            raise ValueError(f"among: no column {among!r} in the findings; pass a dict of areas to groups")
        rows = [row for row in findings.rows() if row["row_type"] == "group"]
        return alike.of_columns([tuple(row[name] for name in findings.by) for row in rows], [r[among] for r in rows])

    def _in_records(self, by: Sequence[str], among: str) -> Groups:
        """The groups that each area has any case in."""
        tally = tally_of(
            self.data, [*by, among], outcome=None, weight=None, where=self.where, labels=self.labels,
            missing=self.missing, threads=self.threads,
        ).margin(*by, among)  # fmt: skip
        places = list(zip(*tally.counts.nonzero(), strict=True))
        cells = [tuple(tally.labels[name][i] for name, i in zip((*by, among), place, strict=True)) for place in places]
        return alike.of_columns([cell[:-1] for cell in cells], [cell[-1] for cell in cells])
