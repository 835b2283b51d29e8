#include "binding/weight_argument.h"

PyArrayObject *
dg_as_weight(PyObject *weight, PyObject *name)
{
    if (!PyArray_Check(weight)) {
        PyErr_Format(PyExc_TypeError, "weight %R must be a NumPy array, not %.100s", name, Py_TYPE(weight)->tp_name);
        return NULL;
    }
    PyArrayObject *array = (PyArrayObject *)weight;
    if (PyArray_TYPE(array) != NPY_DOUBLE) {
        PyErr_Format(PyExc_TypeError, "weight %R must hold float64, not %S", name, PyArray_DESCR(array));
        return NULL;
    }
    if (PyArray_NDIM(array) != 1) {
        PyErr_Format(PyExc_ValueError, "weight %R must have one dimension, not %d", name, PyArray_NDIM(array));
        return NULL;
    }
    return array;
}
