/* What random numbers are keyed by. Both functions return -1 with an exception set. */
#ifndef DG_KEY_ARGUMENT_H
#define DG_KEY_ARGUMENT_H

#include "binding/numpy_api.h"
#include "kernels/resampling/philox.h"

/* The two words of a key: a uint64 array of length 2. */
int dg_as_key(PyObject *object, dg_philox_key *key);

/* A whole number from 0 to 2^64 - 1, such as that of the first replicate. */
int dg_as_word(PyObject *object, const char *name, uint64_t *number);

#endif
