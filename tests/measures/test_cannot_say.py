"""Notes on what drivers and parts of a gap do not say."""

import pytest

from dueregard.measures import cannot_say


@pytest.mark.parametrize("kind", ["gap parts", "gap change parts"])
def test_parts_of_a_gap_say_what_was_held_equal_and_that_the_rest_is_no_verdict(kind):
    said = cannot_say.notes(kind, ["age_band", "deprivation", "prior_opinion"])
    assert said[0].startswith("Held equal: age band, deprivation and prior opinion, as recorded.")
    assert said[1] == cannot_say.caution(kind)
    assert "no measure of" in said[1] and "discrimination" in said[1] and "is not thereby" in said[1]
    assert ("who answered" in said[-1]) == (kind == "gap change parts")
    assert cannot_say.held_equal(said) == "age band, deprivation and prior opinion"


def test_nothing_and_much_held_equal():
    assert cannot_say.notes("gap parts") == [cannot_say.caution("gap parts")]
    assert cannot_say.held_equal(cannot_say.notes("gap parts")) == ""
    many = cannot_say.notes("gap parts", [f"f{i}" for i in range(12)])[0]
    assert "f6, f7 and 4 more, as recorded" in many and "f8" not in many


@pytest.mark.parametrize("kind", ["key drivers", "compared drivers"])
def test_drivers_are_associations(kind):
    assert [note[:24] for note in cannot_say.notes(kind)] == ["Drivers are associations"]
    assert cannot_say.notes(kind, ["age"])[-1] == "Held equal beside the drivers: age."


@pytest.mark.parametrize("kind", cannot_say.KINDS)
def test_areas_come_first(kind):
    said = cannot_say.notes(kind, ["age"], unit="areas")
    assert said[0].startswith("Results are about areas, not people")
    assert said[1:] == cannot_say.notes(kind, ["age"])


def test_another_kind_is_refused():
    with pytest.raises(ValueError, match="kind: 'gap' is not one of 'key drivers'"):
        cannot_say.notes("gap")
