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


def test_gaps_are_those_that_the_notes_say():
    found = []
    for seed in range(6):
        records = dr.data.example("confidence", seed=seed)
        earlier = (records["month"] >= "2009-04") & (records["month"] <= "2010-03")
        for year in (earlier, records["month"] >= "2010-04"):
            for pool in ("mean", "cases"):
                found.append(dr.gap(records, **GAP, by="borough", pool=pool, where=year)["estimate"][0])
    within_before, together_before, within, together = np.mean(np.reshape(found, (6, 4)), axis=0)
    assert np.allclose([within_before, within], [-4, -10], atol=1)
    assert np.allclose([together_before, together], [-5.5, -10.5], atol=1)
    notes = " ".join(survey().notes)
    assert "on average 4, 4 and 10 percentage points" in notes and "together about 5.5, 5.5 and 10.5" in notes
