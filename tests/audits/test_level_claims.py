"""Published levels and numbers of units that meet a threshold, against an assessment."""

import numpy as np
import pytest

import dueregard as dr


@pytest.fixture(scope="module")
def south_east():
    return dr.assess(dr.data.load("south_east_indicators"), dr.frameworks.esps())


@pytest.fixture(scope="module")
def with_gaps():
    """One unit that reaches the baseline, one that may, and one that cannot."""
    answers = ["very"] * 9 + ["not_at_all"] * 9
    ids = [indicator.id for indicator in dr.frameworks.esps().assessable("borough")]
    table = {"borough": ["A"] * 18 + ["B"] * 18 + ["C"] * 18, "indicator": ids * 3}
    table["answer"] = answers + ["very"] * 8 + [""] * 2 + ["not_at_all"] * 8 + ["not_at_all"] * 18
    return dr.assess(table, dr.frameworks.esps())


def one(assessment, **cells):
    (row,) = dr.audit({name: [value] for name, value in cells.items()}, against=assessment).rows()
    return row


def test_levels(with_gaps):
    said = {("A", "Baseline"): "consistent", ("A", "none"): "inconsistent", ("B", "Baseline"): "cannot tell",
            ("C", "Baseline"): "inconsistent", ("C", "none"): "consistent"}  # fmt: skip
    for (unit, level), verdict in said.items():
        assert one(with_gaps, claim="level", unit=unit, level=level)["verdict"] == verdict, (unit, level)
    row = one(with_gaps, claim="level", unit="B", level="baseline")
    assert row["note"] == "B: baseline published, none to Baseline by the answers; missing answers decide"
    assert (row["value"], row["reference_value"], row["low"], row["high"]) == (0, 1, 0, 1)


def test_the_level_of_the_organisation(south_east):
    row = one(south_east, claim="level", unit="", level="Baseline")
    assert (row["verdict"], row["group"]) == ("consistent", "the organisation")


def test_units_that_meet_the_threshold(south_east, with_gaps):
    row = one(south_east, claim="units meeting", section="organisational_processes", number=4)
    assert row["verdict"] == "consistent"
    assert row["note"] == "Organisational Processes: 4 units published, 4 of 6 at 50% or above by the answers"
    assert (
        one(south_east, claim="units meeting", section="organisational_processes", number=6)["verdict"]
        == "inconsistent"
    )
    assert one(south_east, claim="units meeting", number=6)["verdict"] == "consistent"
    assert one(south_east, claim="units meeting", limit="80%", number=3)["verdict"] == "consistent"
    verdicts = [one(with_gaps, claim="units meeting", number=n)["verdict"] for n in range(4)]
    assert verdicts == ["inconsistent", "cannot tell", "cannot tell", "inconsistent"]


def test_without_an_assessment_it_cannot_be_told():
    found = dr.audit({"claim": ["level", "units meeting"], "level": ["Baseline", ""], "number": ["", 3]})
    assert found["verdict"] == ["cannot tell"] * 2
    assert np.isnan(found["value"]).all()


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (
            {"claim": "level", "unit": "Lambeth", "level": "Basline"},
            "'Basline' is none of none, Baseline .did you mean",
        ),
        (
            {"claim": "level", "unit": "Lambet", "level": "none"},
            r"unit: 'Lambet' is not among .* \(did you mean 'Lambeth'",
        ),
        ({"claim": "units meeting", "section": "x", "number": 1}, "section: 'x' is not a section"),
    ],
)
def test_bad_input(south_east, cells, message):
    with pytest.raises(ValueError, match=message):
        one(south_east, **cells)
