"""Events beside their pool: the same groups and areas, nothing silently 0, and what is refused by name."""

import numpy as np
import pytest

import dueregard as dr
from dueregard.measures.rates.matched import match
from dueregard.measures.rates.pools import pool_of

GROUPS = ["Asian", "Black", "White"]
AREAS = ["Bexley", "Camden"]


def events(counts, groups=(*GROUPS, "not stated"), areas=(*AREAS, "not stated")):
    return dr.Tally(np.array(counts), {"area": list(areas), "ethnicity": list(groups)})


def people(rows, **options):
    names = ("area", "ethnicity", "people")
    table = {name: [row[i] for row in rows] for i, name in enumerate(names)}
    return dr.population(table, group="ethnicity", count="people", date="2011", by="area", **options)


ROWS = [(area, group, 100 * (i + 1) + 10 * j) for i, area in enumerate(AREAS) for j, group in enumerate(GROUPS)]
COUNTS = [[1, 2, 3, 4], [5, 6, 7, 0], [0, 1, 0, 2]]


def pool(rows=ROWS, **options):
    made = people(rows, **options)
    return pool_of(made, group="ethnicity", by=("area",), exposure=None, missing=None, word="the population")


def matched(counts=COUNTS, rows=ROWS, by=("area",), group="ethnicity", **options):
    found = counts if isinstance(counts, dr.Tally) else events(counts)
    return match(found, pool(rows), group=group, by=by, **options)


def test_counts_and_people_side_by_side():
    found = matched()
    assert found.areas.groups == [*GROUPS, "not stated"]
    assert found.areas.areas == [("Bexley",), ("Camden",), ("not stated",)]
    assert found.areas.count.tolist() == COUNTS
    assert found.areas.exposure[:2, :3].tolist() == [[100, 110, 120], [200, 210, 220]]
    assert np.isnan(found.areas.exposure[2]).all() and np.isnan(found.areas.exposure[:, 3]).all()
    assert found.areas.known_area.tolist() == [True, True, False]
    assert found.areas.rate[1, 2] == 7 / 220 and np.isnan(found.areas.rate[2, 0])


def test_all_areas_together_have_all_events_and_all_people():
    found = matched()
    assert found.total.count.tolist() == [[6, 9, 10, 6]]
    assert found.total.exposure[0, :3].tolist() == [300, 320, 340]
    assert found.total.areas == [(None,)] and found.left_out == []
    assert matched(by=()).areas is None
    assert matched(by=()).total.count.tolist() == found.total.count.tolist()


def test_a_group_that_no_event_has_is_refused_unless_it_is_named():
    few = events([[1, 3, 4], [5, 7, 0]], ["Asian", "White", "not stated"], AREAS)
    with pytest.raises(ValueError, match=r"group: the population has 'Black', and no event does\. .* no_events="):
        matched(few)
    found = matched(few, no_events=["Black"])
    assert found.total.count.tolist() == [[6, 0, 10, 4]] and found.total.rate[0, 1] == 0


def test_a_group_that_events_name_without_having_any_is_a_real_zero():
    none = events([[1, 0, 3, 4], [5, 0, 7, 0], [0, 0, 0, 0]])
    assert matched(none).total.rate[0, 1] == 0


def test_a_group_that_cannot_be_recorded_has_no_rate():
    few = events([[1, 3, 4], [5, 7, 0]], ["Asian", "White", "not stated"], AREAS)
    found = matched(few, not_recorded=["Black"])
    assert found.total.recorded.tolist() == [[True, False, True, True]] and np.isnan(found.total.rate[0, 1])
    rest = found.total.opposite(None)
    assert rest.count[0, 0] == 10 and rest.exposure[0, 0] == 340, "the rest of Asian is White alone"


def test_a_group_that_the_population_lacks_is_refused_with_both_sides():
    other = events([[1, 2, 3, 4], [5, 6, 7, 0]], ["Asian", "Black", "Mixed", "White"], AREAS)
    with pytest.raises(ValueError) as error:
        matched(other)
    assert "events have 'Mixed', the population has no such group" in str(error.value)
    assert "Events: 'Asian', 'Black', 'Mixed', 'White'; the population: 'Asian', 'Black', 'White'" in str(error.value)


def test_mappings_that_would_fit_are_named():
    codes = dr.tally({"ethnicity": ["W1", "A1", "B1", "M1", "O9", "NS"]}, "ethnicity")
    table = {"group": ["Asian", "Black", "Mixed", "Other", "White"], "n": [1, 2, 3, 4, 5]}
    census = dr.population(table, group="group", count="n", date="2011")
    made = pool_of(census, group="ethnicity", by=(), exposure=None, missing=None, word="the population")
    with pytest.raises(ValueError, match=r"Mappings that fit: '16\+1 to 5\+1 \(2011\)'"):
        match(codes, made, group="ethnicity")


def test_an_area_without_any_records_is_left_out_and_not_a_zero():
    one = events([[1, 2, 3, 4]], areas=["Bexley"])
    found = matched(one)
    assert found.left_out == [("Camden",)]
    assert found.total.exposure[0, :3].tolist() == [100, 110, 120], "its people are left out with it"
    assert np.isnan(found.areas.rate[1]).all() and not found.areas.recorded[1].any()
    named = matched(one, no_events=["Camden"])
    assert named.left_out == [] and named.areas.rate[1, :3].tolist() == [0, 0, 0]
    assert named.total.exposure[0, :3].tolist() == [300, 320, 340]


def test_an_area_that_the_population_lacks_is_refused():
    far = events([[1, 2, 3, 4]], areas=["Bexly"])
    with pytest.raises(ValueError, match=r"by: events have area 'Bexly', and .* no such area \(did you mean 'Bexley'"):
        matched(far)


def test_events_of_nobody_are_refused_and_no_events_of_nobody_are_not():
    empty = [row if row[:2] != ("Camden", "Black") else ("Camden", "Black", 0) for row in ROWS]
    with pytest.raises(ValueError, match="of the group 'Black' in Camden is 0, and there are 6 events of it"):
        matched(rows=empty)
    quiet = events([[1, 2, 3, 4], [5, 0, 7, 0], [0, 1, 0, 2]])
    assert np.isnan(matched(quiet, rows=empty).areas.rate[1, 1])


def test_columns_of_the_events_alone_are_set_against_the_whole_population():
    law = dr.Tally(np.array([[[1, 2, 3], [4, 5, 6]]] * 2), {"area": AREAS, "law": ["PACE", "s60"], "ethnicity": GROUPS})
    found = matched(law, events_by=("law",))
    assert found.areas.areas == [(area, each) for area in AREAS for each in ("PACE", "s60")]
    assert found.areas.exposure[:, 0].tolist() == [100, 100, 200, 200]
    assert found.total.exposure[0].tolist() == [300, 320, 340], "people are not counted twice"
    assert found.total.count[0].tolist() == [10, 14, 18]


def test_a_column_that_the_population_lacks_is_refused_with_advice():
    law = dr.Tally(np.array([[1, 2, 3], [4, 5, 6]]), {"law": ["PACE", "s60"], "ethnicity": GROUPS})
    with pytest.raises(ValueError, match=r"has no column 'law'.* goes in events_by="):
        matched(law, by=("law",))


def test_what_a_group_is_compared_with():
    total = matched().total
    assert total.opposite(2).count.tolist() == [[10, 10, 10, 10]]
    assert total.opposite(None).count[0, :3].tolist() == [19, 16, 15]
    assert total.opposite(None, own=True).exposure[0, :3].tolist() == [960, 960, 960]
