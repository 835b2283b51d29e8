"""The example records through the library's own tallies and gaps: the published figures come out."""

import pytest

import dueregard as dr

SATISFIED = ["Completely satisfied", "Very satisfied", "Fairly satisfied"]


@pytest.fixture(scope="module")
def gaps():
    return dr.gap(
        dr.data.example("satisfaction"),
        outcome="satisfaction",
        positive=SATISFIED,
        exclude=["Don't know"],
        group="ethnic_group_broad",
        reference="White",
        by="borough",
    )


def test_the_force_gap_is_the_published_one(gaps):
    rows = [row for row in gaps.rows() if row["borough"] is None and row["group"] == "Minority ethnic"]
    force = next(row for row in rows if row["row_type"] == "group")
    assert (round(force["value"]), round(force["reference_value"]), round(force["estimate"])) == (74, 81, -7)


def test_borough_gaps_are_the_published_ones(gaps):
    rows = {
        row["borough"]: row for row in gaps.rows() if row["group"] == "Minority ethnic" and row["row_type"] == "group"
    }
    published = {"Harrow": 0, "Barking & Dagenham": -17, "Bexley": -15, "Havering": -15}
    assert {borough: round(rows[borough]["estimate"]) for borough in published} == published


def test_gaps_are_marked_synthetic(gaps):
    assert gaps.provenance.startswith("Synthetic: ")


def test_weights_give_the_published_force_figure_and_add_up_to_london():
    survey = dr.data.example("attitudes")
    tally = dr.tally(survey, "borough", outcome="good_job", weight="weight")
    sums = tally.margin("good_job").sums
    labels = tally.labels["good_job"]
    good = sum(sums[labels.index(answer)] for answer in ("Excellent", "Good"))
    base = sums.sum() - sums[labels.index("Don't know")]
    assert round(100 * good / base) == 65
    assert sums.sum() == pytest.approx(8_100_000)


@pytest.mark.parametrize("name", ["satisfaction", "attitudes", "workforce", "stop_search", "cases"])
def test_every_example_can_be_tallied(name):
    records = dr.data.example(name)
    published = name == "stop_search"  # in the layout and the words of the published file
    columns = ["Self-defined ethnicity", "Outcome"] if published else ["ethnic_group", "gender"]
    tally = dr.tally(records, columns, missing={"Not Stated (NS)": "not stated"} if published else None)
    assert tally.counts.sum() == records.n_rows
    assert tally.provenance == records.provenance
    assert "not stated" in tally.labels[columns[0]]
