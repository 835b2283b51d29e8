/* Every method of the module, for its table in module.c. Each is defined in the *_methods.c file of its noun. */
#ifndef DG_METHODS_H
#define DG_METHODS_H

#include "binding/numpy_api.h"

PyObject *dg_py_byte_sum(PyObject *module, PyObject *codes);

#endif
