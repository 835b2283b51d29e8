"""Like compared with like: within strata, in a standard population, against what was expected."""
