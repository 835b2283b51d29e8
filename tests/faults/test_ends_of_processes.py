"""A tally in a child process, at exit, and in finalisers.

Item 17 of the list of nasty inputs: a child computes the same, and nothing hangs.
"""

import subprocess
import sys
import textwrap

import pytest

START = """
import atexit, gc, os, sys, threading
import numpy as np
import dueregard as dr

data = {"a": (np.arange(600_000) % 3).astype("i1"), "b": np.array(["x", "y", "z"] * 200_000)}
def tally():
    return dr.tally(data, ["a", "b"], threads=4).counts.tolist()
expected = tally()
"""


def run(script):
    """Standard output of a process that ends by itself and complains of nothing."""
    command = [sys.executable, "-W", "error", "-c", START + textwrap.dedent(script)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split()


CHILD = """
def child():
    number = os.fork()
    if number == 0:
        os._exit(0 if tally() == expected else 1)
    return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])
"""


def test_a_child_after_a_threaded_tally_computes_the_same():
    assert run(CHILD + "print([child() for _ in range(5)])") == ["[0,", "0,", "0,", "0,", "0]"]


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="Python warns of a fork beside threads")
def test_a_child_in_the_middle_of_a_threaded_tally_computes_the_same():
    script = """
    stop = threading.Event()
    def count():
        while not stop.is_set():
            tally()
    thread = threading.Thread(target=count)
    thread.start()
    print([child() for _ in range(10)].count(0))
    stop.set()
    thread.join()
    """
    assert run(CHILD + textwrap.dedent(script)) == ["10"]


def test_processes_of_a_pool_compute_the_same():
    script = """
    import multiprocessing
    with multiprocessing.get_context("fork").Pool(2) as pool:
        print(pool.starmap(tally, [()] * 6) == [expected] * 6)
    """
    assert run(script) == ["True"]


def test_at_exit():
    assert run("atexit.register(lambda: print(tally() == expected))") == ["True"]


LAST_WORDS = """
class Last:
    def __init__(self, tally=tally, expected=expected, say=os.write):
        self.tally, self.expected, self.say = tally, expected, say
    def __del__(self):
        self.say(1, f"{self.tally() == self.expected}\\n".encode())
"""


def test_in_a_finaliser():
    assert run(LAST_WORDS + "last = Last()\ndel last\nprint('after')") == ["True", "after"]


def test_in_a_finaliser_called_by_the_garbage_collector():
    assert run(LAST_WORDS + "last = Last()\nlast.itself = last\ndel last\ngc.collect()\nprint('after')") == [
        "True",
        "after",
    ]


def test_in_a_finaliser_while_the_interpreter_ends():
    """No new thread would run then, so that waiting for one would never end."""
    assert run(LAST_WORDS + "gc.collect()\nlast = Last()\nlast.itself = last\ndel last\nprint('before')") == [
        "before",
        "True",
    ]


def test_in_a_thread_that_the_end_of_the_process_does_not_wait_for():
    script = """
    def count():
        while True:
            tally()
    threading.Thread(target=count, daemon=True).start()
    print("end")
    """
    assert run(script) == ["end"]
