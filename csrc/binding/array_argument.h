/* Arrays as arguments: checked once here, used by every method. All functions return NULL or -1 with an exception set. */
#ifndef DG_ARRAY_ARGUMENT_H
#define DG_ARRAY_ARGUMENT_H

#include "binding/numpy_api.h"

#include <stdbool.h>

/* A borrowed view of `object` as a one-dimensional array; TypeError or ValueError naming `name` otherwise. */
PyArrayObject *dg_as_vector(PyObject *object, const char *name);

/* An array that a kernel writes to: of exactly this type and shape, C-contiguous, aligned, native byte order, writeable. */
PyArrayObject *dg_as_output(PyObject *object, const char *name, int typenum, int ndim, const npy_intp *shape);

/* Whether the two arrays can share memory (by the bounds of their data). */
int dg_overlap(PyArrayObject *a, PyArrayObject *b);

/* Calls over at least this many rows drop the GIL; below it dropping costs more than it gives. */
#define DG_RELEASE_GIL_ROWS 16384

/* Around the kernel call of a function over n rows: without the GIL when there are enough rows for that to pay. Nothing in
 * between may leave the function. */
#define DG_BEGIN_LONG(n) { PyThreadState *dg_thread = (n) >= DG_RELEASE_GIL_ROWS ? PyEval_SaveThread() : NULL;
#define DG_END_LONG if (dg_thread != NULL) { PyEval_RestoreThread(dg_thread); } }

/* Rows between two looks at signals: a few milliseconds of work at most. */
#define DG_SLICE_ROWS ((npy_intp)1 << 20)

#endif
