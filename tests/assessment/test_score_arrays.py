"""Arrays of answers give what the same answers give as a table."""

import numpy as np
import pytest

import dueregard as dr
from dueregard import missing

KINDS = [missing.NOT_STATED, missing.NOT_APPLICABLE]
FRAMEWORKS = {
    "esps": dr.frameworks.esps(),
    "equality_framework": dr.frameworks.equality_framework(),
    "supplier_questionnaire": dr.frameworks.supplier_questionnaire(),
}


@pytest.mark.parametrize("name", FRAMEWORKS)
def test_the_same_as_a_table(name):
    framework = FRAMEWORKS[name]
    rng = np.random.default_rng(6)
    n = len(framework.answers)
    codes = rng.choice(n + 2, size=(30, len(framework.indicators)), p=[0.9 / n] * n + [0.06, 0.04]).astype(np.uint8)
    exempt = framework.exempt.get(framework.kind, frozenset())
    codes[:, [i in exempt for i in framework.indicator_ids]] = n  # whatever stands there is not read
    words = [*framework.answer_ids, *KINDS]
    table = {"unit": [f"u{i}" for i in range(30)]}
    table |= {i: [words[code] for code in codes[:, place]] for place, i in enumerate(framework.indicator_ids)}
    found, assessed = dr.score_answers(codes, framework), dr.assess(table, framework)
    scores, levels = assessed.scores(), assessed.levels()
    assert found.met.tolist() == scores["count"] and found.assessable.tolist() == scores["nobs"]
    assert found.answered.tolist() == scores["answered"]
    np.testing.assert_allclose(100 * found.low, scores["low"])
    np.testing.assert_allclose(100 * found.high, scores["high"])
    assert found.level_low.tolist() == levels["low"][1:] and found.level_high.tolist() == levels["high"][1:]
    names = ["none", *(level.label for level in framework.levels)]
    assert [names[i] for i in found.evidence] == levels["evidence"][1:]


def test_any_number_of_axes():
    framework = FRAMEWORKS["equality_framework"]
    codes = np.random.default_rng(1).integers(0, 6, size=(4, 3, 142), dtype=np.uint8)
    whole, one = dr.score_answers(codes, framework), dr.score_answers(codes[2, 1], framework)
    assert whole.met.shape == (4, 3) and one.met.shape == () and whole.met[2, 1] == one.met
    assert dr.score_answers(codes[:0], framework).low.shape == (0, 3)


def test_nothing_assessable_is_nan():
    framework = FRAMEWORKS["supplier_questionnaire"]
    found = dr.score_answers(np.full((1, 15), 4, dtype=np.uint8), framework)
    assert np.isnan(found.low[0]) and np.isnan(found.high[0]) and found.level_high[0] == 0


@pytest.mark.parametrize(
    ("answers", "arguments", "error", "words"),
    [
        (np.zeros((2, 22)), {}, TypeError, "answers must be an array of uint8, not float64"),
        (np.zeros((2, 21), np.uint8), {}, ValueError, "not the 22 indicators"),
        (np.zeros((), np.uint8), {}, ValueError, "answers: the last axis has no columns"),
        (np.full((2, 22), 6, np.uint8), {}, ValueError, "answers: code 6 of row 0, indicator 0 is outside 0 to 5"),
        (np.zeros((2, 22), np.uint8), {"kind": "town"}, ValueError, "kind: 'town' is not a kind of unit"),
    ],
)
def test_bad_arrays(answers, arguments, error, words):
    with pytest.raises(error, match=words):
        dr.score_answers(answers, FRAMEWORKS["esps"], **arguments)


def test_a_level_without_a_threshold():
    with pytest.raises(ValueError, match="framework: no threshold was published for the excelling phase"):
        dr.score_answers(np.zeros((1, 22), np.uint8), dr.frameworks.esps("excelling"))
