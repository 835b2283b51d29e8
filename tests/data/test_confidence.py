"""The confidence survey: its design adds up, and what is built in is found again."""

import numpy as np

import dueregard as dr

GAP = {
    "outcome": "good_job",
    "positive": ["Excellent", "Good"],
    "exclude": ["Don't know"],
    "group": "ethnic_group_broad",
    "reference": "White",
    "weight": "weight",
}


def survey():
    return dr.data.example("confidence")


def test_every_borough_has_640_people_a_year_at_40_points():
    records = survey()
    year = records["month"] >= "2010-04"
    boroughs, counts = np.unique(records["borough"][year], return_counts=True)
    assert len(boroughs) == 32 and set(counts) == {640}
    points = {(b, p) for b, p in zip(records["borough"][year], records["sampling_point"][year], strict=True)}
    assert len(points) == 32 * 40 == len({point for _, point in points})


def test_weights_add_up_to_the_population_each_year():
    records = survey()
    for first, last in (("2008-04", "2009-03"), ("2009-04", "2010-03"), ("2010-04", "2011-03")):
        year = (records["month"] >= first) & (records["month"] <= last)
        assert np.isclose(records["weight"][year].sum(), 8_100_000)


def test_months_are_36_in_order_and_the_mode_changes_once():
    records = survey()
    months = np.unique(records["month"])
    assert len(months) == 36 and (records["month"][1:] >= records["month"][:-1]).all()
    by_telephone = records["mode"] == "telephone"
    assert min(records["month"][by_telephone]) == "2009-01" and max(records["month"][~by_telephone]) == "2008-12"


def test_the_gap_grows_by_about_six_points():
    changes = []
    for seed in range(6):
        records = dr.data.example("confidence", seed=seed)
        earlier = (records["month"] >= "2009-04") & (records["month"] <= "2010-03")
        gaps = [dr.gap(records, **GAP, where=year)["estimate"][0] for year in (earlier, records["month"] >= "2010-04")]
        changes.append(gaps[1] - gaps[0])
    assert -7.5 < np.mean(changes) < -3.5
