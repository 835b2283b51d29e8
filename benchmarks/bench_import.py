"""What does importing the library add to importing NumPy?"""

import os
import subprocess
import sys

from harness import Question

STATEMENT = """
import time, numpy
start = time.perf_counter()
import dueregard
print(time.perf_counter() - start)
"""


def seconds() -> float:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [sys.executable, "-c", STATEMENT], capture_output=True, text=True, check=True, env=environment
    )
    return float(done.stdout)


def run() -> Question:
    question = Question("Importing", "In a new process that has imported NumPy; the best of 15.")
    seconds()  # writes the byte code, as installing does
    best = min(seconds() for _ in range(15))
    question.timings.append(("import dueregard, after NumPy", best))
    question.at_most("milliseconds added to import numpy", best * 1e3, 30)
    return question


if __name__ == "__main__":
    print(run().markdown())
