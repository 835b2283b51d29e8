/* A column of weights as the kernels want it. */
#ifndef DG_WEIGHT_ARGUMENT_H
#define DG_WEIGHT_ARGUMENT_H

#include "binding/numpy_api.h"

/* A borrowed view of `weight` as a one-dimensional array of float64, of any stride and byte order; NULL with an exception
 * set that names the column otherwise. */
PyArrayObject *dg_as_weight(PyObject *weight, PyObject *name);

#endif
