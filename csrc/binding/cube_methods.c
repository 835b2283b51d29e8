#include "binding/array_argument.h"
#include "binding/methods.h"
#include "kernels/checked_size.h"
#include "kernels/counting/cube_margins.h"

typedef struct {
    int n_axes;
    npy_intp axes[NPY_MAXDIMS]; /* of the counts */
    npy_intp with_margins[NPY_MAXDIMS];
    npy_intp n_cells;
} table_shape;

static int
read_axis(PyObject *length, table_shape *shape, int axis, size_t *n_cells, size_t *n_with_margins)
{
    npy_intp n = PyNumber_AsSsize_t(length, PyExc_OverflowError);
    if (n == -1 && PyErr_Occurred()) {
        return -1;
    }
    if (n < 0) {
        PyErr_Format(PyExc_ValueError, "shape must not be negative, but is %zd on axis %d", n, axis);
        return -1;
    }
    shape->axes[axis] = n;
    shape->with_margins[axis] = n + (n < NPY_MAX_INTP);
    if (!dg_checked_multiply(*n_cells, (size_t)n, n_cells) ||
        !dg_checked_multiply(*n_with_margins, (size_t)n + 1, n_with_margins) ||
        *n_with_margins > (size_t)NPY_MAX_INTP / sizeof(int64_t)) {
        PyErr_SetString(PyExc_ValueError, "shape has more cells than memory can hold");
        return -1;
    }
    return 0;
}

static int
read_axes(PyObject *tuple, table_shape *shape)
{
    size_t n_cells = 1, n_with_margins = 1;
    if (PyTuple_GET_SIZE(tuple) > NPY_MAXDIMS) {
        PyErr_Format(PyExc_ValueError, "shape has %zd axes; at most %d are possible", PyTuple_GET_SIZE(tuple), NPY_MAXDIMS);
        return -1;
    }
    shape->n_axes = (int)PyTuple_GET_SIZE(tuple);
    for (int axis = 0; axis < shape->n_axes; axis++) {
        if (read_axis(PyTuple_GET_ITEM(tuple, axis), shape, axis, &n_cells, &n_with_margins) < 0) {
            return -1;
        }
    }
    shape->n_cells = (npy_intp)n_cells;
    return 0;
}

static int
read_shape(PyObject *sequence, table_shape *shape)
{
    PyObject *tuple = PySequence_Tuple(sequence);
    if (tuple == NULL) {
        return -1;
    }
    int failed = read_axes(tuple, shape);
    Py_DECREF(tuple);
    return failed;
}

static PyObject *
cube_of(PyArrayObject *counts, const table_shape *shape)
{
    const int64_t *cells = PyArray_DATA(counts);
    if (dg_margins_overflow(cells, (size_t)shape->n_cells)) {
        PyErr_SetString(PyExc_OverflowError, "counts are too large: a margin does not fit 64 bits");
        return NULL;
    }
    PyObject *cube = PyArray_SimpleNew(shape->n_axes, shape->with_margins, NPY_INT64);
    if (cube == NULL) {
        return NULL;
    }
    size_t axes[NPY_MAXDIMS];
    for (int axis = 0; axis < shape->n_axes; axis++) {
        axes[axis] = (size_t)shape->axes[axis];
    }
    int64_t *margins = PyArray_DATA((PyArrayObject *)cube);
    DG_BEGIN_LONG(shape->n_cells)
    dg_cube_margins(cells, axes, (size_t)shape->n_axes, margins);
    DG_END_LONG
    return cube;
}

PyObject *
dg_py_cube(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"counts", "shape", NULL};
    PyObject *object, *sequence;
    table_shape shape;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "OO:cube", names, &object, &sequence)) {
        return NULL;
    }
    PyArrayObject *counts = dg_as_vector(object, "counts");
    if (counts == NULL || read_shape(sequence, &shape) < 0) {
        return NULL;
    }
    if (PyArray_TYPE(counts) != NPY_INT64) {
        return PyErr_Format(PyExc_TypeError, "counts must be an array of int64, not %S", PyArray_DESCR(counts));
    }
    if (PyArray_SIZE(counts) != shape.n_cells) {
        return PyErr_Format(PyExc_ValueError, "counts has %zd cells but the shape has %zd", PyArray_SIZE(counts),
                            shape.n_cells);
    }
    counts = (PyArrayObject *)PyArray_FROM_OTF(object, NPY_INT64, NPY_ARRAY_CARRAY_RO | NPY_ARRAY_NOTSWAPPED);
    PyObject *cube = counts == NULL ? NULL : cube_of(counts, &shape);
    Py_XDECREF((PyObject *)counts);
    return cube;
}
