"""Windows of time."""

import datetime as dt

import numpy as np
import pytest

from dueregard.measures.repeats.time_windows import read_window


def ends(window, *days):
    return read_window(window).ends(np.array(days, "datetime64[D]")).astype(str).tolist()


@pytest.mark.parametrize(
    ("window", "words", "last"),
    [
        ("12 months", "12 months", "2017-02-28"),
        ("1 year", "1 year", "2017-02-28"),
        (" 2 Years ", "2 years", "2018-02-28"),
        ("90 days", "90 days", "2016-05-29"),
        ("1 week", "1 week", "2016-03-07"),
        (365, "365 days", "2017-02-28"),
        (np.int64(1), "1 day", "2016-03-01"),
        (dt.timedelta(days=7), "7 days", "2016-03-07"),
        (np.timedelta64(3, "M"), "3 months", "2016-05-29"),
        (np.timedelta64(1, "Y"), "12 months", "2017-02-28"),
        (np.timedelta64(2, "W"), "14 days", "2016-03-14"),
    ],
)
def test_lengths_of_time(window, words, last):
    assert (read_window(window).words, ends(window, "2016-02-29")) == (words, [last])


def test_months_end_on_the_same_day_or_with_the_month():
    assert ends("1 month", "2015-01-31", "2016-01-31", "2016-02-29", "2015-12-15") == [
        "2015-02-28",
        "2016-02-29",
        "2016-03-29",
        "2016-01-15",
    ]


@pytest.mark.parametrize("window", [True, 1.5, None, ["12 months"]])
def test_what_is_no_length_of_time(window):
    with pytest.raises(TypeError, match=r"^window: .* is not a length of time"):
        read_window(window)


@pytest.mark.parametrize(
    "window",
    ["twelve months", "12", "-3 days", "1.5 years", "", 0, -1, "0 days", "400 years", 10**6, dt.timedelta(hours=36),
     dt.timedelta(0), np.timedelta64(36, "h"), np.timedelta64("NaT", "D")],
)  # fmt: skip
def test_lengths_that_are_refused(window):
    with pytest.raises(ValueError, match=r"^window: "):
        read_window(window)
