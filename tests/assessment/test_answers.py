"""One word is read alike in every shape that responses come in."""

import numpy as np
import pytest

import dueregard as dr
from dueregard.assessment.answers import Scale, words_of

ESPS = dr.frameworks.esps()
IDS = [indicator.id for indicator in ESPS.assessable("borough")]
WORDS = {
    "very": (1, 18),
    "VERY  satisfactory ": (1, 18),
    "not_very": (0, 18),
    "not applicable": (0, 17),
    "Refused": (0, 18),
    "n/k": (0, 18),
}
MISSING = {"n/k": "not stated"}


def shapes(word):
    """Borough A with one answer, in every shape."""
    yield "long", {"unit": ["A"], "indicator": [IDS[0]], "answer": [word]}
    yield "matrix", {"unit": ["A"], IDS[0]: [word]}
    counts = {answer.id: [0] for answer in ESPS.answers}
    own = words_of(ESPS, MISSING)[" ".join(word.split()).casefold()]
    counts.pop(own, None)
    yield "counts", {"unit": ["A"], **counts, word: [1]}
    tally = dr.tally({"unit": ["A"], "indicator": [IDS[0]], "answer": [word]}, ["unit", "indicator"], outcome="answer")
    yield "tally", tally


@pytest.mark.parametrize("word", WORDS)
def test_a_word_in_every_shape(word):
    met, assessable = WORDS[word]
    for shape, responses in shapes(word):
        row = next(dr.assess(responses, ESPS, missing=MISSING).scores().rows())
        assert (row["count"], row["nobs"]) == (met, assessable), shape


def test_codes_of_the_scale():
    scale = Scale(ESPS)
    assert [scale.shown(code) for code in range(2)] == ["Not at all satisfactory", "Not very satisfactory"]
    assert scale.states[scale.not_applicable] == 2 and scale.states[scale.not_stated] == 1
    assert np.array_equal(scale.meets("baseline"), scale.met)
    assert not scale.reads("quite") and scale.reads(None) and scale.reads(1)
