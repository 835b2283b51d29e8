"""dr.proportionality: rates, ratios, differences and bounds by hand; bases; what is refused."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dueregard as dr
from dueregard.flags import Flag

TABLE = {"ethnicity": ["Asian", "Black", "White"], "people": [12_000, 5_000, 60_000]}
CENSUS = dr.population(TABLE, group="ethnicity", count="people", date="2011")
EVENTS = dr.Tally(np.array([200, 300, 900, 280]), {"ethnicity": ["Asian", "Black", "White", "not stated"]})
ASK = {"group": "ethnicity", "reference": "White", "period": "2016-06"}


def row(findings, **equal):
    (found,) = findings.filter(**equal).rows()
    return found


def test_rates_ratios_and_differences_by_hand():
    found = row(dr.proportionality(EVENTS, CENSUS, **ASK), group="Black")
    ratio = dr.compare_rates(300, 5_000, 900, 60_000)
    difference = dr.compare_rates(300, 5_000, 900, 60_000, measure="difference")
    assert (found["value"], found["reference_value"], found["estimate"]) == (60.0, 15.0, 4.0)
    assert [found[name] for name in ("low", "high", "pvalue")] == [ratio.low, ratio.high, ratio.pvalue]
    limits = [1000 * each for each in (difference.estimate, difference.low, difference.high)]
    assert [found[name] for name in ("difference", "difference_low", "difference_high")] == pytest.approx(limits)
    assert (found["count"], found["nobs"], found["exposure"]) == (300, 5_000, 5_000.0)
    assert (found["reference_count"], found["reference_nobs"]) == (900, 60_000)
    assert found["unit_of_measure"] == "rate ratio" and found["per"] == 1000 and found["basis"] == "residents"
    assert (found["period"], found["months"]) == ("June 2016", 1)
    assert found["measure"] == "events per 1,000 residents in 1 month"


def test_ratio_and_difference_tell_one_story():
    found = dr.proportionality(EVENTS, CENSUS, **ASK)
    for each in found.filter(row_type="group").rows():
        if each["estimate"] == each["estimate"]:
            assert (each["low"] > 1) == (each["difference_low"] > 0)
            assert (each["high"] < 1) == (each["difference_high"] < 0)
            assert (each["pvalue"] < 0.05) == (not each["low"] <= 1 <= each["high"])


def test_the_published_bounds_of_unknown_events():
    """900, 300 and 200 events with 280 unknown: 4.00 if spread alike, 3.05 all White, 7.73 all Black."""
    found = row(dr.proportionality(EVENTS, CENSUS, **ASK), group="Black")
    assert found["estimate"] == pytest.approx(4.0, rel=1e-12)
    assert found["bound_low"] == pytest.approx(3.0508474576271185, rel=1e-12)
    assert found["bound_high"] == pytest.approx(7.733333333333334, rel=1e-12)
    assert (found["unknown_events"], found["unknown_percent"]) == (280, pytest.approx(100 / 6))


@pytest.mark.parametrize("reference", ["White", dr.REST, dr.OVERALL])
@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 6), min_size=3, max_size=3), st.integers(0, 4))
def test_bounds_are_the_ends_over_every_way_to_spread_the_unknown(reference, counts, unknown):
    sizes = [40, 30, 90]
    table = {"ethnicity": ["Asian", "Black", "White"], "people": sizes}
    census = dr.population(table, group="ethnicity", count="people", date="2011")
    tally = dr.Tally(np.array([*counts, unknown]), {"ethnicity": ["Asian", "Black", "White", "not stated"]})
    found = row(dr.proportionality(tally, census, **{**ASK, "reference": reference}), group="Black")

    def ratio(a, b, c):
        own, total = b / sizes[1], sum(sizes)
        against = {
            "White": c / sizes[2],
            dr.REST: (a + c) / (sizes[0] + sizes[2]),
            dr.OVERALL: (a + b + c) / total,
        }[reference]
        return own / against if against else (math.inf if own else math.nan)

    ways = [w for w in itertools.product(range(unknown + 1), repeat=3) if sum(w) == unknown]
    every = [ratio(*(x + w for x, w in zip(counts, way, strict=True))) for way in ways]
    known = [each for each in every if each == each]
    if known and found["bound_low"] == found["bound_low"]:
        assert found["bound_low"] == pytest.approx(min(known))
    if known and found["bound_high"] == found["bound_high"]:
        assert found["bound_high"] == pytest.approx(max(known))


def test_against_all_groups_the_ratio_is_to_the_rate_of_the_whole():
    found = row(dr.proportionality(EVENTS, CENSUS, **{**ASK, "reference": dr.OVERALL}), group="Black")
    assert found["reference_value"] == pytest.approx(1000 * 1400 / 77_000)
    assert found["estimate"] == pytest.approx((300 / 5000) / (1400 / 77_000))
    assert found["difference"] == pytest.approx(60 - 1000 * 1400 / 77_000)
    rest = row(dr.proportionality(EVENTS, CENSUS, **{**ASK, "reference": dr.REST}), group="Black")
    assert rest["estimate"] == pytest.approx((300 / 5000) / (1100 / 72_000))
    part = 5_000 / 77_000
    for name in ("estimate", "low", "high"):
        assert found[name] == pytest.approx(rest[name] / (part * rest[name] + 1 - part), rel=1e-9)
    assert found["pvalue"] == rest["pvalue"]


@pytest.mark.parametrize("method", ["score", "skewness-corrected", "mover", "exact", "mid-p"])
def test_methods_are_those_of_compare_rates(method):
    found = row(dr.proportionality(EVENTS, CENSUS, **ASK, method=method), group="Asian")
    expected = dr.compare_rates(200, 12_000, 900, 60_000, method=method)
    assert [found["low"], found["high"], found["pvalue"]] == [expected.low, expected.high, expected.pvalue]


@pytest.mark.parametrize(
    ("black", "white", "estimate", "low", "high", "value"),
    [(0, 50, 0.0, 0.0, None, 0.0), (7, 0, math.inf, None, math.inf, 1.4), (0, 0, math.nan, 0.0, math.inf, 0.0)],
)
def test_at_zero(black, white, estimate, low, high, value):
    tally = dr.Tally(np.array([5, black, white]), {"ethnicity": ["Asian", "Black", "White"]})
    found = row(dr.proportionality(tally, CENSUS, **ASK), group="Black")
    assert found["value"] == value and found["estimate"] == pytest.approx(estimate, nan_ok=True)
    assert low is None or found["low"] == low
    assert high is None or found["high"] == high
    assert Flag.FEW_EVENTS in found["flag"]
    assert (Flag.UNDEFINED in found["flag"]) == (black == white == 0)


def test_several_levels_and_a_family_of_adjusted_p_values():
    found = dr.proportionality(EVENTS, CENSUS, **ASK, confidence_level=(0.95, 0.998), adjust="bonferroni")
    narrow, wide = found.filter(group="Black").rows()
    assert wide["low"] < narrow["low"] < narrow["high"] < wide["high"]
    assert wide["difference_low"] < narrow["difference_low"]
    assert narrow["simultaneous_low"] < narrow["low"]
    asian = next(found.filter(group="Asian").rows())
    assert asian["adjusted_pvalue"] == pytest.approx(min(1, 2 * asian["pvalue"]))
    assert len(found.sentences()) == 3


def test_a_full_count_has_no_limits():
    found = row(dr.proportionality(EVENTS, CENSUS, **ASK, inference="none"), group="Black")
    assert found["estimate"] == 4 and math.isnan(found["low"]) and found["verdict"] is None
    assert "difference_low" not in found and Flag.FULL_COUNT in found["flag"]


def areas():
    table = {
        "borough": ["Bexley"] * 2 + ["Camden"] * 2 + ["Ealing"] * 2,
        "ethnicity": ["Black", "White"] * 3,
        "people": [1_000, 9_000, 4_000, 6_000, 3_000, 5_000],
    }
    return dr.population(table, group="ethnicity", count="people", date="2011", by="borough")


def test_areas_come_after_how_much_they_vary():
    rows = [("Bexley", "Black", 30), ("Bexley", "White", 90), ("Camden", "Black", 80), ("Camden", "White", 40),
            ("Ealing", "Black", 45), ("Ealing", "White", 60)]  # fmt: skip
    table = {name: [each[i] for each in rows] for i, name in enumerate(("borough", "ethnicity", "n"))}
    found = dr.proportionality(table, areas(), **ASK, by="borough", count="n")
    kinds = found["row_type"]
    assert kinds == ["group", "reference", "variation", "variation"] + ["group", "reference"] * 3
    assert found["borough"][4:] == ["Bexley"] * 2 + ["Camden"] * 2 + ["Ealing"] * 2
    assert row(found, group="Black", borough="Camden")["estimate"] == pytest.approx((80 / 4000) / (40 / 6000))
    assert row(found, group="Black", borough=None, row_type="group")["estimate"] == pytest.approx(
        (155 / 8000) / (190 / 20_000)
    )
    spread = next(found.filter(row_type="variation").rows())
    assert spread["unit_of_measure"] == "factor" and spread["basis"] == "residents"


@pytest.mark.slow
def test_the_test_of_variation_keeps_its_level_for_rates():
    """Ten boroughs with one common ratio, also where events are few: Q says that they differ in about 5% of draws."""
    rng, runs = np.random.default_rng(11), 400
    sizes = np.array([[2_000 + 500 * i, 10_000 + 1_000 * i] for i in range(10)])
    names = [f"borough {i}" for i in range(10)]
    table = {"area": np.repeat(names, 2), "g": ["B", "W"] * 10, "n": sizes.reshape(-1)}
    census = dr.population(table, group="g", count="n", date="2011", by="area")
    for rate in (0.002, 0.02):
        hits = 0
        for _ in range(runs):
            counts = rng.poisson(sizes * [[2 * rate, rate]])
            tally = dr.Tally(counts, {"area": names, "g": ["B", "W"]})
            found = dr.proportionality(tally, census, group="g", reference="W", period="2016", by="area", adjust="none")
            hits += next(found.filter(row_type="variation").rows())["pvalue"] < 0.05
        assert 0.02 <= hits / runs <= 0.075, rate


def test_two_bases_side_by_side():
    day = dr.population(
        {"ethnicity": ["Asian", "Black", "White"], "people": [15_000, 10_000, 50_000]},
        group="ethnicity", count="people", date="2011",
    )  # fmt: skip
    found = dr.proportionality(EVENTS, {"residents": CENSUS, "available-population": day}, **ASK, name="searches")
    assert set(found["measure"]) == {
        "searches per 1,000 residents in 1 month",
        "searches per 1,000 people available in 1 month",
    }
    ratios = [each["estimate"] for each in found.filter(group="Black").rows()]
    assert ratios == pytest.approx([4.0, (300 / 10_000) / (900 / 50_000)])
    assert set(found["basis"]) == {"residents", "available-population"}


PEOPLE = {"id": range(30), "ethnicity": ["Black"] * 10 + ["White"] * 20, "years": [0.5] * 10 + [2.0] * 20}


def test_a_share_of_an_eligible_pool_is_a_share():
    promoted = {"ethnicity": ["Black"] * 2 + ["White"] * 8}
    found = row(
        dr.proportionality(promoted, PEOPLE, group="ethnicity", reference="White", basis="eligible-pool"), group="Black"
    )
    expected = dr.compare_proportions(2, 10, 8, 20, measure="ratio")
    assert (found["value"], found["reference_value"]) == (20.0, 40.0)
    assert [found["estimate"], found["low"], found["high"]] == [expected.estimate, expected.low, expected.high]
    assert found["difference"] == pytest.approx(-20) and found["unit_of_measure"] == "ratio"
    assert found["period"] is None


def test_more_events_than_cases_are_refused():
    promoted = {"ethnicity": ["Black"] * 11 + ["White"] * 8}
    with pytest.raises(ValueError, match=r"events: the group 'Black' has 11, of 10 people eligible; on the basis"):
        dr.proportionality(promoted, PEOPLE, group="ethnicity", reference="White", basis="eligible-pool")


def test_time_at_risk():
    left = {"ethnicity": ["Black"] * 3 + ["White"] * 4}
    found = row(
        dr.proportionality(
            left, PEOPLE, group="ethnicity", reference="White", basis="person-time", exposure="years", per=100
        ),
        group="Black",
    )
    expected = dr.compare_rates(3, 5, 4, 40)
    assert found["value"] == pytest.approx(60) and found["exposure"] == 5.0 and found["nobs"] is None
    assert [found["estimate"], found["low"]] == pytest.approx([expected.estimate, expected.low])
    assert found["measure"] == "events per 100 person-years"


def test_a_population_that_is_an_estimate_widens_the_interval():
    table = {**TABLE, "se": [600, 800, 500]}
    guess = dr.population(table, group="ethnicity", count="people", se="se", date="2011")
    plain, wide = (row(dr.proportionality(EVENTS, each, **ASK), group="Black") for each in (CENSUS, guess))
    assert (
        wide["estimate"] == pytest.approx(plain["estimate"])
        and wide["low"] < plain["low"] < plain["high"] < wide["high"]
    )
    expected = 1 + ((800 / 5000) ** 2 + (500 / 60_000) ** 2) / (1 / 300.5 + 1 / 900.5)
    assert wide["design_effect"] == pytest.approx(expected)
    assert Flag.ESTIMATED_POPULATION in wide["flag"]


def test_mappings_and_dates_stand_in_the_rows():
    codes = ["W1"] * 40 + ["B1"] * 30 + ["A1"] * 9 + ["M9"] * 5 + ["O1"] * 4 + ["NS"] * 12
    table = {"group": ["Asian", "Black", "Mixed", "White", "Other"], "n": [900, 500, 300, 6000, 200]}
    census = dr.population(table, group="group", count="n", date="2011-03-27")
    found = dr.proportionality({"code": codes}, census, group="code", reference="White", period="2016-06",
                               mapping="16+1 to 5+1 (2011)")  # fmt: skip
    first = next(found.rows())
    assert first["mapping"] == "events: 16+1 to 5+1 (2011)" and first["population_date"] == "2011-03-27"
    assert row(found, group="Asian")["count"] == 13, "Chinese is in Asian"


def test_targets_of_mappings_must_be_the_same():
    table = {"group": ["White: Irish", "Asian/Asian British: Chinese"], "n": [900, 500]}
    census = dr.population(table, group="group", count="n", date="2011", mapping="census 2011 to 5+1 (2011)")
    with pytest.raises(ValueError, match=r"events are in the groups of '5\+1 \(2001\)', the population in .*2011"):
        dr.proportionality({"code": ["W1"]}, census, group="code", reference="White", period="2016-06",
                           mapping="16+1 to 5+1 (2001)")  # fmt: skip


def test_officers_codes_have_no_mixed_and_it_is_never_zero():
    table = {"group": ["Asian", "Black", "Mixed", "White", "Other"], "n": [900, 500, 300, 6000, 200]}
    census = dr.population(table, group="group", count="n", date="2011")
    seen = {"seen": ["White"] * 30 + ["Black"] * 12 + ["Asian"] * 11 + ["Other"] * 2 + [""] * 3}
    found = dr.proportionality(seen, census, group="seen", reference="White", period="2016-06",
                               mapping="officer-defined to 5+1 (2001)")  # fmt: skip
    mixed = row(found, group="Mixed")
    assert mixed["count"] is None and math.isnan(mixed["value"]) and math.isnan(mixed["estimate"])
    assert Flag.NOT_RECORDED in mixed["flag"]
    assert any("cannot record 'Mixed'" in note for note in found.notes)
    assert any("not available for the Mixed group" in text for text in found.sentences())


def test_notes_say_what_was_compared():
    notes = dr.proportionality(EVENTS, CENSUS, **ASK, name="searches").notes
    assert notes[0] == "This compares searches with residents; it does not measure discrimination."
    assert any("280 of 1,680 searches" in note for note in notes)
    assert any(note.startswith("Searches are not people") for note in notes)


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        ({"reference": None}, TypeError, "proportionality needs reference="),
        ({"reference": "Whit"}, ValueError, "reference: 'Whit' is not a label of 'ethnicity'.*did you mean 'White'"),
        ({"period": None}, TypeError, "proportionality needs period=: when the events happened"),
        ({"basis": "census"}, ValueError, "basis: 'census' is not one of 'residents', 'available-population'"),
        ({"per": 0}, ValueError, "per"),
        ({"method": "katz"}, ValueError, "method"),
        ({"adjust": "magic"}, ValueError, "adjust"),
        ({"inference": "maybe"}, ValueError, "inference"),
        ({"threshold": "four-fifths"}, ValueError, "higher_is_better: the four-fifths rule has to know"),
        ({"exposure": "years"}, ValueError, "exposure: the column of time at risk is needed for the basis"),
        ({"by": "ethnicity"}, ValueError, "by: 'ethnicity' is already given as group"),
        ({"group": "colour"}, ValueError, "no dimension 'colour'"),
        ({"count": "n"}, TypeError, "count: data is a Tally"),
        ({"mapping": "16+1 to 6+1"}, ValueError, "mapping: there is none named '16[+]1 to 6[+]1'"),
        ({"confidence_level": 95}, ValueError, "confidence_level"),
    ],
)  # fmt: skip
def test_bad_arguments_are_named(changes, error, message):
    with pytest.raises(error, match=message):
        dr.proportionality(EVENTS, CENSUS, **{**ASK, **changes})


def test_a_table_of_counts_is_not_taken_for_people():
    with pytest.raises(TypeError, match=r"population: for the basis 'residents' it is made by dr\.population"):
        dr.proportionality(EVENTS, TABLE, **ASK)


def test_a_population_of_nobody_with_events_is_refused():
    table = {**TABLE, "people": [12_000, 0, 60_000]}
    census = dr.population(table, group="ethnicity", count="people", date="2011")
    with pytest.raises(ValueError, match="of the group 'Black' is 0, and there are 300 events of it"):
        dr.proportionality(EVENTS, census, **ASK)


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(40)))
def test_the_order_of_the_rows_does_not_matter(order):
    names = np.array(["Asian"] * 5 + ["Black"] * 15 + ["White"] * 18 + [""] * 2)
    first = dr.proportionality({"ethnicity": names}, CENSUS, **ASK)
    second = dr.proportionality({"ethnicity": names[list(order)]}, CENSUS, **ASK)
    assert first["low"] == pytest.approx(second["low"], nan_ok=True, rel=0, abs=0)


@pytest.mark.parametrize("kind", ["pandas", "polars", "pyarrow"])
def test_the_frame_library_stays(kind):
    module = pytest.importorskip(kind)
    columns = {"ethnicity": ["Asian", "Black", "White"]}
    frame = module.table(columns) if kind == "pyarrow" else module.DataFrame(columns)
    found = dr.proportionality(frame, CENSUS, **ASK).to_frame()
    assert type(found).__module__.split(".")[0] == kind


def test_what_officers_recorded_as_mixed_all_the_same_is_counted():
    table = {"group": ["Asian", "Black", "Mixed", "White", "Other"], "n": [900, 500, 300, 6000, 200]}
    census = dr.population(table, group="group", count="n", date="2011")
    seen = {"seen": ["White"] * 30 + ["Black"] * 12 + ["Asian"] * 11 + ["Other"] * 2 + ["Mixed"] * 3}
    found = dr.proportionality(seen, census, group="seen", reference="White", period="2016-06",
                               mapping="officer-defined to 5+1 (2001)")  # fmt: skip
    assert row(found, group="Mixed")["value"] == pytest.approx(10.0)


def test_weighted_tallies_are_no_numbers_of_events_or_people():
    weighted = dr.tally({"ethnicity": ["Asian", "Black", "White"], "w": [2.0, 3.0, 4.0]}, "ethnicity", weight="w")
    with pytest.raises(ValueError, match="events: a weighted tally"):
        dr.proportionality(weighted, CENSUS, **ASK)
    with pytest.raises(ValueError, match="population: a weighted tally"):
        dr.proportionality(EVENTS, weighted, **ASK)


def test_shares_do_not_claim_bounds():
    pool = dr.Tally(np.array([1200, 500, 6000]), {"ethnicity": ["Asian", "Black", "White"]})
    found = dr.proportionality(EVENTS, pool, group="ethnicity", reference="White", basis="eligible-pool")
    assert "bound_low" not in found.columns
    assert not any("bounds" in note for note in found.notes)


@pytest.mark.parametrize("period", ["2016-13", "2016-00", "2016-6", "2016-06 to 2016-13"])
def test_a_period_that_looks_like_a_month_and_is_none_is_refused(period):
    with pytest.raises(ValueError, match="period: "):
        dr.proportionality(EVENTS, CENSUS, **{**ASK, "period": period})


def test_no_events_names_groups_and_areas_of_the_population():
    with pytest.raises(ValueError, match="no_events: 'Blak' is no group"):
        dr.proportionality(EVENTS, CENSUS, **ASK, no_events="Blak")


def test_an_area_without_records_and_unknown_groups_says_itself():
    table = {"area": ["N", "N", "S", "S"], "ethnicity": ["Black", "White"] * 2, "people": [500, 900, 700, 800]}
    census = dr.population(table, group="ethnicity", count="people", date="2016", by="area")
    events = {"area": ["N"] * 60, "ethnicity": ["Black"] * 20 + ["White"] * 30 + [None] * 10}
    found = dr.proportionality(events, census, **ASK, by="area")
    assert not any("None" in text or "for 0" in text for text in found.sentences())


def test_tables_say_of_what_time_a_rate_is():
    found = dr.proportionality(EVENTS, CENSUS, **ASK)
    said = "Events per 1,000 residents in 1 month by ethnicity, June 2016"
    assert all(said in text for text in (repr(found), found._repr_html_()))
    assert found.plot().alternative.title.startswith("1 of 2 groups higher than White"), "charts state the finding"


def test_none_where_many_would_be_expected_is_not_taken_for_a_finding():
    table = {"force": ["X"] * 3 + ["Y"] * 3, "g": ["A", "B", "Mixed"] * 2, "n": [50_000, 50_000, 9_000] * 2}
    census = dr.population(table, group="g", count="n", date="2011", by="force")
    counts = dr.Tally(np.array([[900, 800, 0], [20, 30, 0]]), {"force": ["X", "Y"], "g": ["A", "B", "Mixed"]})
    found = dr.proportionality(counts, census, group="g", reference="A", by="force", period="2016", name="searches")
    flags = {row["force"]: row["flag"] for row in found.filter(group="Mixed", row_type="group").rows()}
    assert Flag.NONE_OF_MANY in flags["X"] and Flag.NONE_OF_MANY not in flags["Y"] and Flag.NONE_OF_MANY in flags[None]
    assert any(note.startswith("No searches of Mixed in X, where the rate") for note in found.notes)
    said = next(text for text in found.sentences() if "in X" in text and "Mixed" in text)
    assert "a 0 may mean that the group was not recorded" in said


@pytest.mark.parametrize("years", [[-1.0, 2.0], [np.nan, 2.0], [np.inf, 2.0]])
def test_bad_time_at_risk_is_called_exposure(years):
    staff = {"g": ["A", "B"], "years": years}
    with pytest.raises(ValueError, match=r"^exposure"):
        dr.proportionality({"g": ["A", "B"]}, staff, group="g", reference="B", basis="person-time", exposure="years")
