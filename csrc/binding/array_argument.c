#include "binding/array_argument.h"

PyArrayObject *
dg_as_vector(PyObject *object, const char *name)
{
    if (!PyArray_Check(object)) {
        PyErr_Format(PyExc_TypeError, "%s must be a NumPy array, not %.100s", name, Py_TYPE(object)->tp_name);
        return NULL;
    }
    PyArrayObject *array = (PyArrayObject *)object;
    if (PyArray_NDIM(array) != 1) {
        PyErr_Format(PyExc_ValueError, "%s must have one dimension, not %d", name, PyArray_NDIM(array));
        return NULL;
    }
    return array;
}

static bool
has_shape(PyArrayObject *array, int ndim, const npy_intp *shape)
{
    if (PyArray_NDIM(array) != ndim) {
        return false;
    }
    for (int axis = 0; axis < ndim; axis++) {
        if (PyArray_DIM(array, axis) != shape[axis]) {
            return false;
        }
    }
    return true;
}

static void
raise_wrong_shape(PyArrayObject *array, const char *name, int ndim, const npy_intp *shape)
{
    PyObject *wanted = PyArray_IntTupleFromIntp(ndim, shape);
    PyObject *found = PyArray_IntTupleFromIntp(PyArray_NDIM(array), PyArray_DIMS(array));
    if (wanted != NULL && found != NULL) {
        PyErr_Format(PyExc_ValueError, "%s must have the shape %R, not %R", name, wanted, found);
    }
    Py_XDECREF(wanted);
    Py_XDECREF(found);
}

static bool
has_type(PyArrayObject *array, const char *name, int typenum)
{
    PyArray_Descr *wanted = PyArray_DescrFromType(typenum); /* native byte order */
    if (wanted == NULL) {
        return false;
    }
    bool same = PyArray_EquivTypes(PyArray_DESCR(array), wanted);
    if (!same) {
        PyErr_Format(PyExc_TypeError, "%s must be an array of %R, not of %R", name, wanted,
                     PyArray_DESCR(array));
    }
    Py_DECREF(wanted);
    return same;
}

PyArrayObject *
dg_as_output(PyObject *object, const char *name, int typenum, int ndim, const npy_intp *shape)
{
    if (!PyArray_Check(object)) {
        PyErr_Format(PyExc_TypeError, "%s must be a NumPy array, not %.100s", name, Py_TYPE(object)->tp_name);
        return NULL;
    }
    PyArrayObject *array = (PyArrayObject *)object;
    if (!has_type(array, name, typenum)) {
        return NULL;
    }
    if (!has_shape(array, ndim, shape)) {
        raise_wrong_shape(array, name, ndim, shape);
        return NULL;
    }
    if (!PyArray_IS_C_CONTIGUOUS(array) || !PyArray_ISALIGNED(array) || !PyArray_ISWRITEABLE(array)) {
        PyErr_Format(PyExc_ValueError, "%s must be C-contiguous, aligned and writeable", name);
        return NULL;
    }
    return array;
}

/* The first byte of an array's data and the byte after its last, whatever the signs of its strides. */
static void
memory_bounds(PyArrayObject *array, npy_uintp *first, npy_uintp *end)
{
    npy_uintp low = (npy_uintp)PyArray_DATA(array);
    npy_uintp high = low;
    for (int axis = 0; axis < PyArray_NDIM(array); axis++) {
        npy_intp reach = (PyArray_DIM(array, axis) - 1) * PyArray_STRIDE(array, axis);
        if (reach < 0) {
            low -= (npy_uintp)-reach;
        }
        else {
            high += (npy_uintp)reach;
        }
    }
    *first = low;
    *end = high + (npy_uintp)PyArray_ITEMSIZE(array);
}

int
dg_overlap(PyArrayObject *a, PyArrayObject *b)
{
    if (PyArray_SIZE(a) == 0 || PyArray_SIZE(b) == 0) {
        return 0;
    }
    npy_uintp first_a, end_a, first_b, end_b;
    memory_bounds(a, &first_a, &end_a);
    memory_bounds(b, &first_b, &end_b);
    return first_a < end_b && first_b < end_a;
}
