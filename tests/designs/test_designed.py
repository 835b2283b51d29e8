import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import dueregard as dr
from dueregard.designs.designed import designed
from dueregard.inference.surveys.ratios import ratios

DESIGN = dr.survey_design(weight="weight", stratum="borough", psu="sector", fpc="sectors")
MISSING = {"Black": "refused"}


def assert_same_tally(found, expected):
    assert found.dims == expected.dims and found.outcome == expected.outcome and found.ordered == expected.ordered
    assert found.labels == expected.labels
    assert (found.counts == expected.counts).all()
    assert found.weighted == expected.weighted
    if expected.weighted:
        assert (found.sums == expected.sums).all() and (found.squares == expected.squares).all()


def assert_same_cells(first, second):
    for name in ("cluster", "domain", "nobs", "squares", "sums"):
        assert getattr(first, name).tobytes() == getattr(second, name).tobytes(), name
    assert (first.clusters.stratum == second.clusters.stratum).all()
    assert (first.clusters.fraction == second.clusters.fraction).all()


def of_text(table):
    """As a CSV file has it: everything is text, and nothing is empty."""
    return {name: ["" if value is None or value != value else str(value) for value in table[name]] for name in table}


def kinds(people, tmp_path):
    """The same people in every kind of table."""
    lists = {name: [None if value != value else value for value in list(people[name])] for name in people}
    frame = pl.DataFrame(lists)
    frame.write_parquet(tmp_path / "people.parquet")
    yield "dict", people
    yield "pandas", pd.DataFrame(people)
    yield "categorical", pd.DataFrame(people).astype({"borough": "category", "sector": "category"})
    yield "polars", frame
    yield "lazy", frame.lazy()
    yield "pyarrow", pa.table(lists)
    yield "stream", pa.table(lists).to_reader()
    yield "parquet", tmp_path / "people.parquet"
    import duckdb

    yield "duckdb", duckdb.from_arrow(pa.table(lists))


@pytest.mark.parametrize(
    "stratum", [[1, 1, 1, 1, 3, 3, 3, 3], pd.Categorical(list("aaaacccc"), categories=list("abc"))]
)
def test_strata_that_no_row_is_in_are_no_strata(stratum):
    table = {"s": list("aaaacccc"), "psu": [1, 1, 2, 2, 5, 5, 6, 6], "of": [9.0] * 4 + [7.0] * 4, "w": [1.0] * 8}
    design = dr.survey_design(weight="w", stratum="s", psu="psu", fpc="of")
    expected = designed(pd.DataFrame(table), [], design)
    found = designed(pd.DataFrame(table | {"s": stratum}), [], design)
    assert found.cells.clusters.fraction.tolist() == [2 / 9, 2 / 7]
    assert_same_cells(found.cells, expected.cells)


@pytest.mark.parametrize("column", ["borough", "sector"])
def test_two_spellings_of_a_cluster_or_a_stratum_are_said(people, column):
    spelt = list(people[column])
    spelt[0] = spelt[0].upper() + " "
    if column == "borough":
        people["sector"] = ["B0", *people["sector"][1:]]
    with pytest.warns(UserWarning, match=f"column '{column}': these labels look alike and are counted apart: "):
        designed(people | {column: spelt}, [], DESIGN)


def test_every_kind_of_table_gives_the_same(people, tmp_path):
    expected = designed(people, ["borough", "group"], DESIGN, outcome="satisfied", values=["age"], missing=MISSING)
    for kind, table in kinds(people, tmp_path):
        found = designed(table, ["borough", "group"], DESIGN, outcome="satisfied", values=["age"], missing=MISSING)
        assert found.tally.labels == expected.tally.labels, kind
        assert_same_cells(found.cells, expected.cells)
        assert (found.valueless == expected.valueless).all(), kind


def test_a_csv_file_is_read_with_its_numbers(people, tmp_path):
    pl.DataFrame(of_text(people)).write_csv(tmp_path / "people.csv")
    expected = designed(people, ["borough", "group"], DESIGN, values=["age"])
    found = designed(tmp_path / "people.csv", ["borough", "group"], DESIGN, values=["age"])
    assert found.tally.labels == expected.tally.labels
    assert_same_cells(found.cells, expected.cells)


def test_the_tally_is_that_of_tally(people):
    options = {"outcome": "satisfied", "missing": MISSING}
    assert_same_tally(
        designed(people, ["borough", "group"], DESIGN, **options).tally,
        dr.tally(people, ["borough", "group"], weight="weight", **options),
    )
    unweighted = dr.survey_design(psu="sector")
    assert_same_tally(designed(people, "group", unweighted).tally, dr.tally(people, "group"))


def test_the_tally_keeps_the_order_of_categories_and_codes(people):
    frame = pd.DataFrame(people)
    frame["group"] = pd.Categorical(people["group"], ["White", "Mixed", "Black"], ordered=True)
    assert_same_tally(designed(frame, "group", DESIGN).tally, dr.tally(frame, "group", weight="weight"))
    frame["group"] = [0, 1] * 6
    labels = {"group": ["White", "Black", "Mixed"]}
    found = designed(frame, "group", DESIGN, labels=labels).tally
    assert_same_tally(found, dr.tally(frame, "group", weight="weight", labels=labels))
    assert found.labels["group"] == ["White", "Black", "Mixed"]


def test_cells_added_up_over_clusters_are_the_tally(people):
    found = designed(people, ["borough", "group"], DESIGN, outcome="satisfied")
    assert found.cells.n_domains == found.tally.counts.size
    assert found.cells.domain_nobs.reshape(found.tally.counts.shape).tolist() == found.tally.counts.tolist()
    assert np.allclose(found.cells.domain_sums[:, 0], found.tally.sums.ravel(), rtol=1e-15)
    assert np.allclose(found.cells.domain_squares, found.tally.squares.ravel(), rtol=1e-15)


def test_rows_without_a_value_are_in_no_cell_and_counted(people):
    found = designed(people, "group", DESIGN, values=["age"])
    assert found.tally.labels["group"] == ["Black", "White", "not stated"]
    assert found.valueless.tolist() == [0, 1, 0]
    assert found.cells.domain_nobs.tolist() == [4, 6, 1]
    white = [i for i, group in enumerate(people["group"]) if group == "White" and i != 8]
    expected = sum(people["weight"][i] * people["age"][i] for i in white)
    assert found.cells.domain_sums[1, 1] == pytest.approx(expected, rel=1e-15)


def test_where_makes_a_domain_and_leaves_no_cluster_out(people):
    import narwhals as nw

    everybody = designed(people, "group", DESIGN)
    for where in (nw.col("sector") == "S1", [sector == "S1" for sector in people["sector"]]):
        found = designed(people, "group", DESIGN, where=where)
        assert_same_tally(found.tally, dr.tally(people, "group", weight="weight", where=where))
        assert (found.cells.clusters.stratum == everybody.cells.clusters.stratum).all()
        assert (found.cells.clusters.fraction == everybody.cells.clusters.fraction).all()
        assert set(found.cells.cluster.tolist()) == {2}


def test_a_row_that_is_left_out_may_have_no_weight(people):
    people["weight"] = np.where(np.arange(12) == 5, np.nan, people["weight"])
    stated = [group is not None for group in people["group"]]
    found = designed(people, "group", DESIGN, where=stated)
    assert found.cells.domain_nobs.sum() == 11 and np.isfinite(found.cells.sums).all()


def test_clusters_are_numbered_by_the_labels_of_stratum_and_cluster():
    table = {"h": ["b", "a", "b", "a"], "c": ["1", "4", "3", "2"], "g": ["x"] * 4, "w": [1.0, 2.0, 4.0, 8.0]}
    found = designed(table, "g", dr.survey_design(weight="w", stratum="h", psu="c"))
    assert found.cells.clusters.stratum.tolist() == [0, 0, 1, 1]
    assert found.cells.sums[:, 0].tolist() == [8.0, 2.0, 1.0, 4.0]


def test_clusters_numbered_anew_in_each_stratum_are_apart():
    table = {"h": ["a", "a", "b", "b"], "c": [1, 2, 1, 2], "g": ["x"] * 4, "w": [1.0, 2.0, 4.0, 8.0]}
    found = designed(table, "g", dr.survey_design(weight="w", stratum="h", psu="c", nest=True))
    assert found.cells.sums[:, 0].tolist() == [1.0, 2.0, 4.0, 8.0]
    with pytest.raises(ValueError) as raised:
        designed(table, "g", dr.survey_design(weight="w", stratum="h", psu="c"))
    assert str(raised.value) == (
        "psu: cluster 1 is in strata 'a' and 'b' (row 2); if clusters are numbered anew in each stratum: nest=True"
    )


def test_of_several_stages_the_first_counts(people):
    several = dr.survey_design(weight="weight", stratum="borough", psu=["sector", "age"], fpc=["sectors", "weight2"])
    people["weight2"] = people["weight"]
    assert_same_cells(designed(people, "group", several).cells, designed(people, "group", DESIGN).cells)


def test_without_weights_a_population_gives_each_stratum_its_own():
    table = {"h": ["a", "a", "b"], "N": [10, 10, 7], "g": ["x", "y", "x"]}
    found = designed(table, "g", dr.survey_design(stratum="h", fpc="N"))
    assert found.tally.sums.tolist() == [12.0, 5.0]
    assert found.cells.clusters.fraction.tolist() == [0.2, 1 / 7]


def test_fractions_stand_for_populations(people):
    people["share"] = np.where(np.array(people["borough"]) == "Bexley", 2 / 40, 2 / 30)
    found = designed(people, "group", dr.survey_design(weight="weight", stratum="borough", psu="sector", fpc="share"))
    assert_same_cells(found.cells, designed(people, "group", DESIGN).cells)


@pytest.mark.parametrize("psu", [None, "sector"])
@pytest.mark.parametrize("threads", [1, 2, 5])
def test_the_order_of_rows_and_threads_change_no_bit(psu, threads):
    rng = np.random.default_rng(7)
    n = 3000
    table = {
        "borough": rng.choice(["Bexley", "Sutton", "Merton"], n),
        "group": rng.choice(["White", "Black", ""], n),
        "satisfied": rng.random(n) < 0.7,
        "weight": rng.lognormal(size=n),
        "income": rng.normal(30, 9, n),
        "age": rng.choice(["young", "old"], n),
    }
    table["sector"] = np.char.add(table["borough"], rng.integers(0, 40, n).astype(str))
    totals = {name: {str(k): table["weight"][table[name] == k].sum() for k in set(table[name])} for name in ("age",)}
    for options in ({}, {"population_totals": totals}, {"replicates": "jkn"} if psu else {}):
        design = dr.survey_design(weight="weight", stratum="borough", psu=psu, **options)
        read = {"outcome": "satisfied", "values": ["income"], "products": True}
        expected = designed(table, ["borough", "group"], design, threads=1, **read)
        order = rng.permutation(n)
        shuffled = {name: column[order] for name, column in table.items()}
        found = designed(shuffled, ["borough", "group"], design, threads=threads, **read)
        assert_same_cells(found.cells, expected.cells)
        assert found.cells.products.tobytes() == expected.cells.products.tobytes()
        first, second = ratios(found.cells), ratios(expected.cells)
        assert first.value.tobytes() == second.value.tobytes()
        assert first.se.tobytes() == second.se.tobytes()


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 3), st.sampled_from("xy")), min_size=1, max_size=30))
def test_renaming_clusters_in_order_changes_nothing(rows):
    table = {"h": [h for h, _, _ in rows], "c": [c for _, c, _ in rows], "g": [g for _, _, g in rows]}
    design = dr.survey_design(stratum="h", psu="c", nest=True)
    renamed = {**table, "c": [f"{h}{c}" for h, c, _ in rows]}
    unnested = dr.survey_design(stratum="h", psu="c")
    assert_same_cells(designed(table, "g", design).cells, designed(renamed, "g", unnested).cells)


def test_rows_can_be_added_up_again_by_other_cells_and_values(people):
    found = designed(people, ["borough", "group"], DESIGN)
    again = found.summed(found.rows.cell, found.tally.counts.size)
    assert_same_cells(again, found.cells)
    squares = np.nan_to_num(people["age"])[:, None] ** 2
    one = found.summed(np.zeros(12, np.int32), 1, squares)
    assert one.domain_sums[0, 1] == pytest.approx((people["weight"] * squares[:, 0]).sum(), rel=1e-15)


def test_what_the_data_say_of_themselves_stays_on_the_tally():
    survey = dr.data.example("satisfaction")
    found = designed(survey, "borough", dr.survey_design()).tally
    assert found.provenance == dr.tally(survey, "borough").provenance is not None


def test_labels_of_missing_that_no_row_has_are_said(people):
    with pytest.warns(UserWarning, match="missing: no row has the label 'Whte'; did you mean 'White'"):
        designed(people, "group", DESIGN, missing={"Whte": "refused"})


class TestBadInput:
    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"weight": [-1.0] + [1.0] * 11}, "weight 'weight': -1.0 at row 0 is negative"),
            ({"weight": [1.0, np.inf] + [1.0] * 10}, "weight 'weight': inf at row 1 is infinite"),
            ({"weight": [0.0] * 12}, "weight 'weight': every weight is 0"),
            ({"weight": [1.0, np.nan] + [1.0] * 10}, "weight 'weight': missing at row 1; give it a weight, or leave"),
            ({"weight": [1.0, None] + [1.0] * 10}, "weight 'weight': missing at row 1; give it a weight, or leave"),
            ({"weight": ["1", "two"] + ["3"] * 10}, "weight: 'two' at row 1 of 'weight' is not a number"),
            ({"borough": [None] + ["Bexley"] * 11}, "stratum 'borough': missing at row 0; every row of a sample was"),
            ({"sector": ["B1", "", *"CDEFGHIJKL"]}, "psu 'sector': missing at row 1; every row of a sample was"),
            ({"sectors": [40.0] * 5 + [np.nan] + [30.0] * 6}, "fpc 'sectors': missing at row 5"),
            ({"sectors": [40] * 6 + [0] * 6}, "fpc 'sectors': 0 is not above 0 at row 6"),
            ({"sectors": [40] * 6 + [0.5] * 6}, "fpc 'sectors': 0.5 at row 6 is a fraction, and others are numbers"),
            (
                {"sectors": [40] * 5 + [41] + [30] * 6},
                "fpc 'sectors': 40 and 41 (row 5) in stratum 'Bexley'; a stratum has one number",
            ),
            (
                {"sectors": [40] * 6 + [1] * 6},
                "fpc 'sectors': 1 clusters in the population in stratum 'Sutton', but 2 in the sample",
            ),
            (
                {"sector": ["W12"] * 12},
                "psu: cluster 'W12' is in strata 'Bexley' and 'Sutton' (row 6); if clusters are numbered anew in each "
                "stratum: nest=True",
            ),
            ({"age": [np.inf] * 12}, "value: inf at row 0 of 'age' is infinite"),
            (
                {"age": [1e30] + [0.0, -30.0] + [1e29] * 9},
                "value: -30 at row 2 of 'age' is nothing beside the largest, 1e+30: give 0",
            ),
            ({"weight": [1.0] * 11}, "the columns differ in length: "),
        ],
    )
    def test_it_is_refused_by_name(self, people, change, message):
        with pytest.raises(ValueError) as raised:
            designed({**people, **change}, "group", DESIGN, values=["age"])
        assert str(raised.value).startswith(message)

    def test_a_stratum_with_one_cluster_if_so_wished(self, people):
        people["sector"] = ["B1"] * 3 + ["B2"] * 3 + ["S1"] * 6
        design = dr.survey_design(weight="weight", stratum="borough", psu="sector", lonely="refuse")
        with pytest.raises(ValueError) as raised:
            designed(people, "group", design)
        assert str(raised.value) == (
            "lonely: stratum 'Sutton' has one cluster, whose variance cannot be known; see lonely="
        )
        people["sectors"] = [40] * 6 + [1] * 6
        whole = dr.survey_design(weight="weight", stratum="borough", psu="sector", lonely="refuse", fpc="sectors")
        assert designed(people, "group", whole).cells.clusters.factor.tolist() == [38 / 40 * 2, 0.0]

    def test_a_sample_of_one_cluster_if_so_wished(self, people):
        people["sector"] = ["B1"] * 12
        with pytest.raises(ValueError, match="lonely: the sample has one cluster"):
            designed(people, "group", dr.survey_design(psu="sector", lonely="refuse"))

    @pytest.mark.parametrize(
        ("argument", "design"),
        [
            ("weight", {"weight": "wieght"}),
            ("stratum", {"stratum": "wieght"}),
            ("psu", {"psu": ["sector", "wieght"]}),
            ("fpc", {"weight": "age", "fpc": "wieght"}),
            ("replicate_weights", {"weight": "age", "replicate_weights": ["sectors", "wieght"], "replicates": "jk1"}),
            ("population_totals", {"weight": "age", "population_totals": {"wieght": {"a": 1}}}),
            ("base_weight", {"weight": "age", "base_weight": "wieght", "population_totals": {"borough": {"a": 1}}}),
        ],
    )
    def test_a_column_that_is_not_there(self, people, argument, design):
        for table in (people, pd.DataFrame(people)):
            with pytest.raises(ValueError) as raised:
                designed(table, "group", dr.survey_design(**design))
            start = f"no column 'wieght' in the data (asked for as {argument} of the design); did you mean 'weight'?"
            assert str(raised.value).startswith(start)

    def test_a_tally_has_no_clusters(self, people):
        with pytest.raises(TypeError, match=r"^design: a Tally has no clusters; pass the records$"):
            designed(dr.tally(people, "group"), "group", DESIGN)

    def test_events_and_counts_are_no_sample(self):
        class Counts(dict):
            count_column = "n"

        class Events:
            def coded_rows(self):
                raise AssertionError("not read")

        with pytest.raises(TypeError, match=r"^design: Events are events or counts, and no sample; leave out design=$"):
            designed(Events(), "group", DESIGN)
        with pytest.raises(TypeError, match=r"^design: Counts are events or counts, and no sample; leave out design=$"):
            designed(Counts(group=["a"], n=[3]), "group", DESIGN)

    def test_more_cells_than_numbers_are_refused(self, people, monkeypatch):
        from dueregard.designs import cell_codes

        monkeypatch.setattr(cell_codes, "MOST_CELLS", 8)
        with pytest.raises(ValueError, match=r"^columns: 9 cells are more than 8; cross fewer columns$"):
            designed(people, ["group", "satisfied"], DESIGN)

    def test_weights_are_those_of_the_design(self, people):
        with pytest.raises(ValueError, match=r"^weight: the design has the weights; leave out weight=$"):
            designed(people, "group", DESIGN, weight="weight")

    def test_a_design_is_made_by_survey_design(self, people):
        with pytest.raises(TypeError, match=r"^design must be made by dr.survey_design, not dict$"):
            designed(people, "group", {"weight": "weight"})

    def test_no_rows(self, people):
        with pytest.raises(ValueError, match=r"^where: no row is left to count$"):
            designed(people, "group", DESIGN, where=[False] * 12)
        with pytest.raises(ValueError, match=r"^there are no rows to count$"):
            designed({"group": [], "w": []}, "group", dr.survey_design(weight="w"))

    def test_a_column_of_floats_is_no_cluster(self, people):
        with pytest.raises(TypeError, match="column 'age': float64 cannot be used as groups"):
            designed({**people, "age": np.linspace(0, 1, 12)}, "group", dr.survey_design(psu="age"))
