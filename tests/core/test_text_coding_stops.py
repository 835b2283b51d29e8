"""Ctrl-C stops the coding of text within a fraction of a second."""

import statistics
import subprocess
import sys

SCRIPT = """
import os, signal, threading, time
import numpy as np, pyarrow as pa
from dueregard import _core

ARRAYS = {
    "text": pa.array(["White British", "Asian", "Mixed or other"] * 500_000),
    "objects": np.array(["White British", "Asian", "Mixed or other"] * 500_000, object),
}
codes = np.empty(1_500_000, np.int32)
CSV = b"White British,x\\nAsian,y\\nMixed or other,z\\n" * 500_000

def code(kind):
    if kind == "objects":
        return _core.code_objects(ARRAYS[kind], codes, "x", 0)
    if kind == "csv":
        return _core.code_csv(CSV, 0, True, 2, np.array([0], np.int32), codes.reshape(1, -1))
    _, index, text = ARRAYS[kind].buffers()
    index, text = (np.frombuffer(part, np.uint8) for part in (index, text))
    return _core.code_text("utf8", index, (text,), None, 0, codes, "x", 0)

for kind in [*ARRAYS, "csv"]:
    for _ in range(10):
        sent = []
        def stop():
            time.sleep(0.02)
            sent.append(time.perf_counter())
            os.kill(os.getpid(), signal.SIGINT)
        threading.Thread(target=stop).start()
        try:
            while True:
                code(kind)
        except KeyboardInterrupt:
            print(time.perf_counter() - sent[0])
"""


def test_ctrl_c():
    ran = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    waits = [float(line) for line in ran.stdout.split()]
    assert len(waits) == 30
    assert statistics.median(waits) < 0.05
    assert max(waits) < 0.25
