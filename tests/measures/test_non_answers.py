"""Labels that are known to be no answers."""

import pytest

from dueregard.measures.non_answers import is_absent_non_answer, is_non_answer


@pytest.mark.parametrize(
    "label",
    ["Don't know", "don\N{RIGHT SINGLE QUOTATION MARK}t  know", "DK", "Refused", "Prefer not to say", "N/A", "Not sure",
     "can't say", "Refused (spontaneous)", "- Refused -", "No answer."],
)  # fmt: skip
def test_known_non_answers_in_whatever_writing(label):
    assert is_non_answer(label)


@pytest.mark.parametrize(
    "label", ["None", "No", "Neither agree nor disagree", "Not at all", "refused", None, 9, True, ""]
)
def test_answers_and_kinds_of_missing_are_none(label):
    assert not is_non_answer(label)


def test_a_non_answer_that_is_written_otherwise_in_the_data_is_not_absent():
    assert is_absent_non_answer("Refused", ["Good", "Poor"])
    assert not is_absent_non_answer("Dont know", ["Good", "Don't know"])
    assert not is_absent_non_answer("Refused", ["Good", "Refused"])
    assert not is_absent_non_answer("Godo", ["Good", "Poor"])
