"""Slow twins of the compiled functions, in plain Python and written to be read.

Each module says what one noun means: what is counted, what is refused, in what order. The compiled core must give the
same answers, to the last bit, and the tests hold it to that; the benchmarks use the twins as the plain-Python baseline.
They take and return what the compiled functions do, so that one can stand in for the other.
"""
