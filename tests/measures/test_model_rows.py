"""The rows of a model: who is complete, who is asked, and which answers are left out."""

import warnings

import numpy as np
import polars as pl
import pytest

import dueregard as dr
from dueregard.inference.surveys.cross_products import cross_products, cross_products_by_replicate
from dueregard.measures.model_rows import cluster_products, complete_values, model_rows

TABLE = {
    "group": ["a", "a", "b", "b", None, "a"],
    "good": ["yes", "no", "Don't know", "yes", "no", "not applicable"],
    "age": [30.0, None, 40.0, 50.0, 60.0, 20.0],
    "area": ["N", "S", "N", "Don't know", "S", "N"],
    "w": [1.0, 2.0, 1.0, 0.5, 1.0, 1.0],
    "ok": [True, False, True, True, False, True],
    "empty": np.full(6, np.nan),
    "nothing": [None] * 6,
}


def read(table=None, **how):
    asked = {"divided_by": ["group"], "outcome": "good", "columns": ["age", "area"], "argument": "factors"}
    return model_rows(
        TABLE if table is None else table, **asked | {"design": dr.survey_design(), "positive": "yes"} | how
    )


def test_complete_rows_have_the_outcome_and_every_column():
    found = read()
    assert found.is_asked.tolist() == [True, True, True, True, True, False], "to the last the question does not apply"
    assert found.is_complete.tolist() == [True, False, True, True, True, False]
    assert np.array_equal(found.outcome.values[:5], [100, 0, 0, 100, 0])
    assert found.missing_in(found.columns[0]) == 1


def test_excluded_answers_are_left_out_of_every_column():
    found = read(exclude="Don't know")
    assert found.is_complete.tolist() == [True, False, False, False, True, False]
    assert found.columns[1].levels == ["N", "S"]
    values = complete_values(found)
    assert values.shape == (6, 3) and (values[~found.is_complete] == 0).all()
    assert values[0].tolist() == [30, 1, 0]


def test_an_answer_to_exclude_that_is_nowhere_is_named():
    with pytest.raises(ValueError, match="'Dont know' is an answer to none of 'good', 'age', 'area'"):
        read(exclude="Dont know")
    read(exclude=["refused"])
    assert len(read(exclude=["Refused", "Don't know"]).columns) == 2, "of these six people nobody refused"


def test_messages_name_the_column_and_warn_once():
    look = TABLE | {"area": ["N", "n", "N", "Don't know", "N", "N"]}
    with pytest.warns(UserWarning) as warned:
        read(look, exclude="Don't know")
    assert [str(each.message) for each in warned] == [
        "column 'area': these labels look alike and are counted apart: 'N' and 'n'"
    ]
    when = np.full(6, np.datetime64("2024-03-01"))
    with pytest.raises(TypeError, match=r"^factors: 'when' holds dates or times: turn them into periods such as"):
        read(TABLE | {"when": when}, columns=["when"], exclude="Don't know")
    with pytest.raises(ValueError, match=r"^data: there are no rows$"):
        read({name: values[:0] for name, values in TABLE.items()})


def test_scales_of_other_columns_may_be_given_too():
    scales = {"area": {"N": 0, "S": 1}, "another year's question": ["a", "b"], "w": ["1", "2"], "arrea": ["N", "S"]}
    assert read(scores=scales, exclude="Don't know").columns[1].scored
    with pytest.raises(ValueError, match=r"^scores: 'arrea' is not a column of the model .did you mean 'area'..$"):
        read(scores={"arrea": ["N", "S"]})
    read(TABLE | {"arrea": ["x"] * 6}, scores={"arrea": ["x", "y"]})


def test_what_a_reader_has_to_know_of_levels():
    notes = read().notes
    assert notes[0].startswith(
        "'area' has 3 levels, 1.3 complete rows a level: part of what it seems to explain is chance"
    )
    assert notes[1] == (
        "\"Don't know\" is a level of 'area' like any other: if that is no answer, leave it out (exclude=, missing=)."
    )


def test_labels_of_missing_that_another_column_has_are_no_reason_to_warn():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = read(missing={"Don't know": "refused"})
    assert not found.is_complete[[2, 3]].any()
    with pytest.warns(UserWarning, match="no row has the label 'Never met'"):
        read(missing={"Never met": "refused"})


@pytest.mark.parametrize("make", [pl.DataFrame, pl.LazyFrame])
def test_frames_are_read_once_with_their_design(make):
    design = dr.survey_design(weight="w")
    found, plain = read(make(TABLE), design=design), read(design=design)
    assert (found.is_complete == plain.is_complete).all()
    assert found.read.rows.weight.tolist() == TABLE["w"]


def test_numbers_written_in_a_file_are_numbers(tmp_path):
    path = str(tmp_path / "people.csv")
    pl.DataFrame(TABLE).write_csv(path)
    assert read(path).columns[0].levels is None


def test_products_of_the_whole_and_of_replicates_are_sums_over_rows():
    table = {name: values * 4 for name, values in TABLE.items()} | {"psu": np.repeat(range(8), 3)}
    found = read(table, design=dr.survey_design(psu="psu", replicates="jk1"))
    values = complete_values(found)
    totals = cluster_products(found, values)
    rows = np.column_stack([np.ones(24), values])[found.is_complete & (found.read.rows.cell == 0)]
    assert cross_products(totals)[0] == pytest.approx(rows.T @ rows)
    given = {f"r{k}": np.where(table["psu"] == k, 0, 8 / 7) for k in range(8)}
    given["one"] = np.ones(24)
    design = dr.survey_design(weight="one", replicate_weights="r?", replicates="jk1")
    other = cluster_products(read(table | given, design=design), values)
    assert cross_products_by_replicate(other) == pytest.approx(cross_products_by_replicate(totals))


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"scores": {"aeg": ["a", "b"]}}, "scores: 'aeg' is not a column of the model .did you mean 'age'"),
        ({"scores": {"good": ["no", "yes"]}}, "positive and scores: 'good' has both"),
        ({"positive": None}, "outcome: 'good' is not a column of numbers; say which answers count with positive="),
        (
            {"positive": None, "outcome": "ok"},
            "^outcome: 'ok' holds True and False: say which counts, such as positive=True$",
        ),
        ({"where": np.zeros(6, bool), "exclude": "Don't know"}, "^where: none of the 6 rows is left$"),
        ({"columns": ["age", "empty"]}, "^factors: 'empty' has no answer in any row$"),
        ({"columns": ["age", "nothing"], "controls": ["nothing"]}, "^controls: 'nothing' has no answer in any row$"),
        ({"positive": "Yes"}, "positive: 'Yes' is not a label of 'good' .did you mean 'yes'"),
        ({"columns": ["agee"]}, "agee"),
    ],
)
def test_bad_input_is_named(how, message):
    with pytest.raises(ValueError, match=message):
        read(**how)


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"design": dr.survey_design(psu="wart")}, "asked for as psu of the design"),
        ({"design": dr.survey_design(weight="wart")}, "asked for as weight of the design"),
        ({"design": dr.survey_design(stratum="wart", psu="area")}, "asked for as stratum of the design"),
        ({"outcome": "wart"}, "asked for as outcome"),
        ({"divided_by": ["wart"]}, "asked for as group or by"),
    ],
)
def test_a_column_that_is_not_there_is_named_with_its_argument(how, said):
    table = TABLE | {"ward": list("xyxyxy")}
    with pytest.raises(ValueError, match=rf"no column 'wart' in the data \({said}\); did you mean 'ward'\? It has"):
        read(table, **how)
