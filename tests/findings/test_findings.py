"""The result type: its columns, what is missing in them, and the files it writes."""

import csv
import importlib.util
import json
import math
import re

import pytest

from dueregard.findings import Findings
from dueregard.flags import Flag, words
from dueregard.notices import INTERNAL
from dueregard.version import __version__

STANDARD = [
    "measure",
    "characteristic",
    "group",
    "area",
    "period",
    "row_type",
    "count",
    "nobs",
    "outcome_missing",
    "value",
    "reference",
    "reference_count",
    "reference_nobs",
    "reference_value",
    "estimate",
    "se",
    "unit_of_measure",
    "confidence_level",
    "low",
    "high",
    "pvalue",
    "adjusted_pvalue",
    "verdict",
    "flag",
    "method",
    "version",
]


def example(**options):
    columns = {
        "group": ["Asian", "not stated"],
        "area": [None, 4],
        "count": [74, None],
        "value": [74.0, None],
        "low": [-9.5, float("nan")],
        "flag": [Flag.SMALL_BASE | Flag.MISSING_ANSWERS, None],
        "effective_nobs": [61.5, None],
        "note": ["=1+1", None],
    }
    return Findings(columns, by=["area"], **options)


def test_columns_stand_in_the_standard_order_with_by_after_group():
    assert example().columns == [*STANDARD, "effective_nobs", "note"]


def test_columns_not_given_are_missing_and_the_version_is_filled():
    findings = example()
    assert findings["verdict"] == [None, None]
    assert findings["version"] == [__version__] * 2
    assert all(math.isnan(value) for value in findings["pvalue"])
    assert findings["nobs"] == [None, None]
    assert findings["flag"][1] == Flag(0)


@pytest.mark.parametrize("name", ["value", "flag", "provenance", "disclosure", "effective_nobs"])
def test_a_by_column_with_a_reserved_name_is_refused(name):
    with pytest.raises(ValueError, match=f"by: '{name}' is the name of a column of the findings"):
        Findings({name: [1]}, by=[name])


def test_one_by_column_may_be_named_alone():
    assert Findings({"area": ["x"]}, by="area").by == ("area",)


def test_wrong_shapes_are_refused_by_name():
    with pytest.raises(ValueError, match="column 'value' has 2 rows, column 'group' has 1"):
        Findings({"group": ["a"], "value": [1, 2]})
    with pytest.raises(ValueError, match="by: no column 'area'"):
        Findings({"group": ["a"]}, by=["area"])
    with pytest.raises(ValueError, match="named twice"):
        Findings({"area": ["a"]}, by=["area", "area"])


@pytest.mark.parametrize(
    "column, value, error, message",
    [
        ("value", "x", TypeError, "column 'value': 'x' is not a number"),
        ("count", 1.5, ValueError, "column 'count': 1.5 is not a whole number"),
        ("nobs", "3", ValueError, "column 'nobs': '3' is not a whole number"),
    ],
)
def test_numbers_are_numbers_and_counts_are_whole(column, value, error, message):
    with pytest.raises(error, match=message):
        Findings({"group": ["a"], column: [value]})


def test_filter_keeps_everything_but_the_rows():
    findings = example(provenance="Synthetic: x", title="T", higher_is_better=False, native="pandas")
    kept = findings.filter(group="Asian", area=None)
    assert len(kept) == 1
    assert (kept.by, kept.provenance, kept.title, kept.higher_is_better, kept.native) == (
        ("area",), "Synthetic: x", "T", False, "pandas")  # fmt: skip
    assert len(findings.filter(group=["Asian", "not stated"])) == 2
    assert len(findings.filter(group="nobody")) == 0
    with pytest.raises(ValueError, match=r"no column 'grup' \(did you mean 'group'\?\)"):
        findings.filter(grup="Asian")
    with pytest.raises(KeyError, match="no column 'valu'"):
        findings["valu"]


def test_what_is_handed_out_cannot_change_the_findings():
    findings = example()
    findings["value"][0] = 1.0
    findings.to_dict()["value"][0] = 1.0
    next(findings.rows())["value"] = 1.0
    assert findings["value"][0] == 74.0


@pytest.mark.parametrize("native", ["pandas", "polars", "pyarrow"])
def test_to_frame_gives_the_library_that_came_in(native):
    frame = example(native=native, provenance="Synthetic: x").to_frame()
    assert type(frame).__module__.split(".")[0] in (native, "pyarrow")
    columns = frame.to_pydict() if native == "pyarrow" else {name: list(frame[name]) for name in frame.columns}
    assert list(columns) == [*STANDARD, "effective_nobs", "note", "provenance"]
    assert columns["provenance"] == ["Synthetic: x"] * 2
    assert columns["flag"] == ["fewer than 30 cases; some answers missing", ""]
    assert columns["value"][0] == 74.0
    missing = columns["value"][1]
    assert math.isnan(missing) if native == "pandas" else missing is None


def test_to_frame_without_a_library_prefers_polars_then_pandas(monkeypatch):
    assert type(example().to_frame()).__module__.startswith("polars")
    real = importlib.util.find_spec
    monkeypatch.setattr("dueregard.frames.find_spec", lambda name: None if name == "polars" else real(name))
    assert type(example().to_frame()).__module__.startswith("pandas")
    monkeypatch.setattr("dueregard.frames.find_spec", lambda name: None)
    with pytest.raises(ModuleNotFoundError, match=r"dueregard\[files\]"):
        example().to_frame()


@pytest.mark.parametrize("native", ["pandas", "polars", "pyarrow"])
def test_labels_of_mixed_types_become_text_in_frames(native):
    findings = Findings({"area": [None, 4, "not stated"], "share": [1, 0.5, None]}, by=["area"], native=native)
    frame = findings.to_frame()
    values = frame["area"].to_pylist() if native == "pyarrow" else list(frame["area"])
    assert values[1:] == ["4", "not stated"]


def test_csv_is_safe_in_a_spreadsheet_and_marked(tmp_path):
    findings = Findings(
        {"group": ["=cmd()", "+1", "-1", "@x", "\tx", "fine, thanks"], "value": [-1.5, 2, None, 0, 1, 1]},
        provenance="Synthetic: x",
    )
    path = findings.save(tmp_path / "f.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["group"] for row in rows] == ["'=cmd()", "'+1", "'-1", "'@x", "'\tx", "fine, thanks"]
    assert [row["value"] for row in rows][:3] == ["-1.5", "2.0", ""]
    assert {row["provenance"] for row in rows} == {"Synthetic: x"}
    assert {row["disclosure"] for row in rows} == {INTERNAL}


def test_csv_header_is_safe_too(tmp_path):
    path = Findings({"=area": ["x"]}, by=["=area"]).save(tmp_path / "f.csv")
    assert "'=area" in path.read_text().splitlines()[0].split(",")


def test_json_has_null_for_missing_numbers_and_words_for_flags(tmp_path):
    rows = json.loads(example().save(tmp_path / "f.json").read_text(encoding="utf-8"))
    assert rows[0]["flag"] == ["fewer than 30 cases", "some answers missing"]
    assert rows[1]["value"] is None and rows[1]["flag"] == []
    assert rows[0]["disclosure"] == INTERNAL


@pytest.mark.parametrize("library", ["polars", "pandas", "pyarrow"])
def test_parquet_reads_back(tmp_path, monkeypatch, library):
    import polars as pl

    monkeypatch.setattr("dueregard.frames.find_spec", lambda name: True if name == library else None)
    path = example().save(tmp_path / "f.parquet")
    frame = pl.read_parquet(path)
    assert frame["value"].to_list() == [74.0, None]
    assert frame["disclosure"].to_list() == [INTERNAL] * 2


def test_an_unknown_suffix_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"'f\.xlsx'; use one of \.csv, \.json, \.parquet, \.html"):
        example().save(tmp_path / "f.xlsx")


def test_every_flag_has_words_of_its_own():
    described = [member.describe() for member in Flag]
    assert all(len(texts) == 1 and texts[0] for texts in described)
    assert len({texts[0] for texts in described}) == len(Flag)


def test_words_reads_flags_texts_and_lists():
    assert words(int(Flag.NO_CASES | Flag.FULL_COUNT)) == ["no cases", "full count, not a sample"]
    assert words("1 answer missing") == ["1 answer missing"]
    assert words(["1 answer missing", Flag.FULL_COUNT]) == ["1 answer missing", "full count, not a sample"]
    assert words(None) == words("") == words(Flag(0)) == []


def test_the_kind_is_kept_with_everything_else_and_is_in_no_file(tmp_path):
    found = example(kind="gap", title="Gaps", notes=["a"], threshold=3, higher_is_better=True)
    for same in (found.filter(area=4), found.with_columns(found.to_dict()), found.with_notes("b")):
        assert (same.kind, same.title, same.threshold, same.higher_is_better, same.by) == (
            "gap",
            "Gaps",
            3,
            True,
            ("area",),
        )
    assert example().kind == "table"
    assert "kind" not in found.to_dict() and '"kind"' not in found.save(tmp_path / "a.json").read_text()


@pytest.mark.parametrize(("kind", "hint"), [("gaps", " (did you mean 'gap'?)"), (["gap"], ""), (None, "")])
def test_a_kind_that_there_is_not_is_refused(kind, hint):
    with pytest.raises(ValueError, match=f"^kind: {re.escape(repr(kind) + ' is not a kind of findings' + hint)}"):
        example(kind=kind)


def test_notes_are_added_once():
    found = example(notes=["a", "b"])
    assert found.with_notes("c", "a", "c").notes == ("a", "b", "c") and found.notes == ("a", "b")
    with pytest.raises(TypeError, match="notes: 3 is not text"):
        found.with_notes(3)


def test_degrees_of_freedom_are_numbers_that_stand_after_the_design_effect():
    found = Findings({"degrees_of_freedom": [12, None], "design_effect": [1.4, None]})
    assert found.columns[-2:] == ["design_effect", "degrees_of_freedom"]
    assert found["degrees_of_freedom"][0] == 12.0 and math.isnan(found["degrees_of_freedom"][1])
