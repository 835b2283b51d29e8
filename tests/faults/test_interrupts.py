"""Ctrl-C during a tally: of arrays with one and several threads, of text, and of files.

Item 17 of the list of nasty inputs: KeyboardInterrupt within 50 milliseconds in the median and 250 at worst, and no
thread is left behind.
"""

import statistics
import subprocess
import sys
import textwrap
import threading

import numpy as np
import polars as pl
import pytest

import dueregard as dr

SCRIPT = """
    import os, signal, sys, threading, time
    import numpy as np
    import dueregard as dr

    n = 2**33  # one value repeated: no memory, and half a minute's work
    codes, text = np.broadcast_to(np.int8(1), n), np.broadcast_to(np.array("White British"), 2**28)
    labels, weight = {{"a": ["x", "y"]}}, np.broadcast_to(0.5, n)
    CALLS = {{
        "codes": lambda: dr.tally({{"a": codes}}, "a", labels=labels, threads={threads}),
        "integers": lambda: dr.tally({{"a": codes}}, "a", threads={threads}),
        "weighted": lambda: dr.tally({{"a": codes}}, "a", weight=weight, threads={threads}),
        "text": lambda: dr.tally({{"a": text}}, "a", threads={threads}),
        "file": lambda: [dr.tally({path!r}, ["a", "b"], threads={threads}) for _ in range(50)],
    }}
    if {path!r}:  # a signal while Polars is imported is Polars' own affair
        dr.tally({path!r}, ["a", "b"])
    for repeat in range({times}):
        sent = []
        def interrupt():
            time.sleep(0.02 + 0.02 * repeat)
            sent.append(time.perf_counter())
            os.kill(os.getpid(), signal.SIGINT)
        thread = threading.Thread(target=interrupt)
        try:
            thread.start()
            CALLS[{call!r}]()
        except KeyboardInterrupt:
            delay, deadline = time.perf_counter() - sent[0], time.perf_counter() + 0.01
            while (others := set(threading.enumerate()) - {{thread}}) != {{threading.main_thread()}}:
                assert time.perf_counter() < deadline, others
            print(delay)
        thread.join()
    assert dr.tally({{"a": codes[:10**6]}}, "a", labels=labels, threads={threads}).counts.tolist() == [0, 10**6]
"""


def delays(call, n_threads, times, path=""):
    """Seconds from each signal to the KeyboardInterrupt; there must be no thread then but the main one."""
    script = textwrap.dedent(SCRIPT).format(threads=n_threads, times=times, call=call, path=str(path))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    found = [float(line) for line in done.stdout.splitlines()]
    assert len(found) == times
    return found


def assert_prompt(*arguments):
    """Other work on the machine can only delay: one round of three that is prompt shows that the library is."""
    for _ in range(3):
        found = delays(*arguments)
        if statistics.median(found) < 0.05 and max(found) < 0.25:
            return
    pytest.fail(f"median {statistics.median(found):.3f}, at worst {max(found):.3f} seconds")


@pytest.mark.parametrize("n_threads", [1, 4])
def test_a_long_count_stops(n_threads):
    assert_prompt("codes", n_threads, 20)


@pytest.mark.parametrize("n_threads", [1, 4])
@pytest.mark.parametrize("call", ["integers", "weighted", "text"])
def test_every_way_of_counting_stops(call, n_threads):
    assert_prompt(call, n_threads, 5)


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_reading_a_file_stops(tmp_path, suffix):
    rng = np.random.default_rng(17)
    frame = pl.DataFrame({"a": rng.integers(0, 5, 2_000_000), "b": rng.integers(0, 5, 2_000_000)}).cast(pl.String)
    path = tmp_path / f"large.{suffix}"
    frame.write_csv(path) if suffix == "csv" else frame.write_parquet(path)
    assert_prompt("file", 2, 20, path)


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_an_error_while_threads_start_leaves_none_behind(monkeypatch, error):
    """Ctrl-C, or no room for one more thread, when the second of three is to start."""
    start, started = threading.Thread.start, []

    def start_or_fail(thread):
        started.append(thread)
        if len(started) == 2:
            raise error
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", start_or_fail)
    with pytest.raises(error):
        dr.tally({"a": np.broadcast_to(np.int8(1), 2**33)}, "a", labels={"a": ["x", "y"]}, threads=4)
    assert len(started) == 2
    assert not set(started) & set(threading.enumerate())


def test_a_flood_of_signals_leaves_a_working_process():
    script = """
    import os, signal, threading, time
    import numpy as np
    import dueregard as dr

    codes = np.broadcast_to(np.int8(1), 10**7)
    stop = threading.Event()

    def flood():
        while not stop.is_set():
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.002)

    thread = threading.Thread(target=flood)
    interrupted = 0
    try:
        thread.start()
        while interrupted < 100:
            try:
                dr.tally({"a": codes}, "a", labels={"a": ["x", "y"]}, threads=4)
            except KeyboardInterrupt:
                interrupted += 1
    except KeyboardInterrupt:
        pass
    while not stop.is_set():
        try:
            stop.set()
            thread.join()
        except KeyboardInterrupt:
            pass
    while thread.is_alive():
        try:
            thread.join()
        except KeyboardInterrupt:
            pass
    assert dr.tally({"a": codes}, "a", labels={"a": ["x", "y"]}, threads=4).counts.tolist() == [0, 10**7]
    """
    run = [sys.executable, "-c", textwrap.dedent(script)]
    done = subprocess.run(run, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
