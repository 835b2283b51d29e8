/* The only include of Python.h and of NumPy's headers: every file of the binding starts with it.
 *
 * NumPy's function table is one pointer per extension. module.c defines DG_IMPORT_NUMPY and so owns it; the other files
 * refer to the same one.
 */
#ifndef DG_NUMPY_API_H
#define DG_NUMPY_API_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#define PY_ARRAY_UNIQUE_SYMBOL dueregard_numpy_api
#ifndef DG_IMPORT_NUMPY
#define NO_IMPORT_ARRAY
#endif
#include <numpy/arrayobject.h>

#endif
