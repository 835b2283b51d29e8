/* A kernel's status as a Python exception: one switch for the whole package. */
#ifndef DG_RAISE_STATUS_H
#define DG_RAISE_STATUS_H

#include "binding/numpy_api.h"
#include "kernels/status.h"

/* Sets the exception that belongs to `status` and returns NULL. `format` (PyErr_Format's, with its arguments) says what
 * was wrong and where; it is ignored for lack of memory. For DG_STOPPED the exception
 * is set already. */
PyObject *dg_raise_status(dg_status status, const char *format, ...);

#endif
