/* Vectors of numbers as arguments: read in place, or copied where what they hold places numbers in memory. All functions return
 * NULL with an exception that names `name` set. */
#ifndef DG_VECTOR_ARGUMENT_H
#define DG_VECTOR_ARGUMENT_H

#include "binding/numpy_api.h"

/* A borrowed view of an int32 or float64 vector, contiguous and aligned, of n entries (any number when n is negative). */
PyArrayObject *dg_as_column(PyObject *object, const char *name, int typenum, npy_intp n);

/* A contiguous copy, as a new reference, of a vector of exactly this type and n entries (any number when n is negative). */
PyArrayObject *dg_copy_vector(PyObject *object, const char *name, int typenum, npy_intp n);

#endif
