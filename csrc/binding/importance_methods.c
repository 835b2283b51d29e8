#include "binding/array_argument.h"
#include "binding/methods.h"
#include "binding/raise_status.h"
#include "binding/stopping.h"
#include "binding/vector_argument.h"
#include "kernels/importance/shapley_average.h"
#include "kernels/importance/shapley_weights.h"
#include "kernels/importance/subset_sweep.h"

/* A borrowed view of an array of doubles with so many dimensions, read in place. */
static PyArrayObject *
as_doubles(PyObject *object, const char *name, int ndim)
{
    if (!PyArray_Check(object) || PyArray_TYPE((PyArrayObject *)object) != NPY_FLOAT64 ||
        PyArray_NDIM((PyArrayObject *)object) != ndim || !PyArray_ISCARRAY_RO((PyArrayObject *)object)) {
        PyErr_Format(PyExc_TypeError, "%s must be a C-contiguous float64 array with %d dimensions", name, ndim);
        return NULL;
    }
    return (PyArrayObject *)object;
}

static PyObject *
new_rows(size_t n_rows, size_t n_columns)
{
    const npy_intp shape[2] = {(npy_intp)n_rows, (npy_intp)n_columns};
    return PyArray_SimpleNew(2, shape, NPY_FLOAT64);
}

/* Of a kernel that can only be stopped or lack memory. */
static PyObject *
finish(PyObject *result, dg_status status)
{
    if (status == DG_OK) {
        return result;
    }
    Py_DECREF(result);
    return dg_raise_status(status, "sharing out failed");
}

/* How many columns the matrices have, the outcome apart; -1 unless they are square and there is a floor for each column. */
static npy_intp
count_columns(PyArrayObject *matrices, PyArrayObject *floors)
{
    const npy_intp n = PyArray_DIM(matrices, 0), k = PyArray_DIM(matrices, 1) - 1;
    if (k < 1 || PyArray_DIM(matrices, 2) != k + 1) {
        PyErr_Format(PyExc_ValueError, "matrices: %zd x %zd is not square, with one row for the outcome and at least one other",
                     PyArray_DIM(matrices, 1), PyArray_DIM(matrices, 2));
        return -1;
    }
    if (PyArray_DIM(floors, 0) != n || PyArray_DIM(floors, 1) != k) {
        PyErr_Format(PyExc_ValueError, "floors: the shape is (%zd, %zd), not (%zd, %zd)", PyArray_DIM(floors, 0),
                     PyArray_DIM(floors, 1), n, k);
        return -1;
    }
    return k;
}

static int
check_sizes(PyArrayObject *sizes, npy_intp n_columns)
{
    const int32_t *size = PyArray_DATA(sizes);
    npy_intp total = 0;
    if (PyArray_SIZE(sizes) < 1 || PyArray_SIZE(sizes) > DG_MAX_PLAYERS) {
        PyErr_Format(PyExc_ValueError, "sizes: %zd players, not 1 to %d", PyArray_SIZE(sizes), DG_MAX_PLAYERS);
        return -1;
    }
    for (npy_intp i = 0; i < PyArray_SIZE(sizes); i++) {
        if (size[i] < 1) {
            PyErr_Format(PyExc_ValueError, "sizes: player %zd has %d columns", i, (int)size[i]);
            return -1;
        }
        total += size[i];
    }
    if (total != n_columns) {
        PyErr_Format(PyExc_ValueError, "sizes: players have %zd columns together, and matrices have %zd", total, n_columns);
        return -1;
    }
    return 0;
}

static PyObject *
share_out(PyArrayObject *matrices, PyArrayObject *floors, PyArrayObject *sizes, const npy_uint8 *flag)
{
    const dg_residual_products products = {PyArray_DATA(matrices), PyArray_DATA(floors), (size_t)PyArray_DIM(matrices, 0),
                                           (size_t)PyArray_DIM(floors, 1)};
    const dg_players players = {PyArray_DATA(sizes), (size_t)PyArray_SIZE(sizes)};
    PyObject *shares = new_rows(products.n, players.n);
    if (shares == NULL) {
        return NULL;
    }
    dg_long_call call;
    const dg_stop stop = dg_begin_long_call(&call, flag);
    const dg_status status = dg_subset_shares(&products, &players, PyArray_DATA((PyArrayObject *)shares), &stop);
    dg_end_long_call(&call);
    return finish(shares, status);
}

PyObject *
dg_py_subset_shares(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"matrices", "floors", "sizes", "interrupt", NULL};
    PyObject *matrix_object, *floor_object, *size_object, *interrupt = Py_None;
    PyArrayObject *matrices, *floors, *sizes; /* only sizes are a copy: they place numbers in memory */
    const npy_uint8 *flag;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "OOO|O:subset_shares", names, &matrix_object, &floor_object, &size_object,
                                     &interrupt) ||
        dg_as_interrupt(interrupt, &flag) < 0 || (matrices = as_doubles(matrix_object, "matrices", 3)) == NULL ||
        (floors = as_doubles(floor_object, "floors", 2)) == NULL ||
        (sizes = dg_copy_vector(size_object, "sizes", NPY_INT32, -1)) == NULL) {
        return NULL;
    }
    const npy_intp n_columns = count_columns(matrices, floors);
    const bool right = n_columns >= 0 && check_sizes(sizes, n_columns) == 0;
    PyObject *shares = right ? share_out(matrices, floors, sizes, flag) : NULL;
    Py_DECREF((PyObject *)sizes);
    return shares;
}

/* How many players there are; -1 unless the tables have as many values as these have sets. */
static int
count_players(PyArrayObject *values)
{
    const npy_intp n_sets = PyArray_DIM(values, 1);
    for (int n = 1; n <= DG_MAX_PLAYERS; n++) {
        if (n_sets == (npy_intp)1 << n) {
            return n;
        }
    }
    PyErr_Format(PyExc_ValueError, "values: %zd is not 2**p for any number of players p from 1 to %d", n_sets, DG_MAX_PLAYERS);
    return -1;
}

PyObject *
dg_py_shapley_average(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"values", "interrupt", NULL};
    PyObject *object, *interrupt = Py_None;
    const npy_uint8 *flag;
    PyArrayObject *values;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O|O:shapley_average", names, &object, &interrupt) ||
        dg_as_interrupt(interrupt, &flag) < 0 || (values = as_doubles(object, "values", 2)) == NULL) {
        return NULL;
    }
    const int n_players = count_players(values);
    PyObject *averages = n_players < 0 ? NULL : new_rows((size_t)PyArray_DIM(values, 0), (size_t)n_players);
    if (averages == NULL) {
        return NULL;
    }
    const dg_set_functions functions = {PyArray_DATA(values), (size_t)PyArray_DIM(values, 0), (size_t)n_players};
    dg_long_call call;
    const dg_stop stop = dg_begin_long_call(&call, flag);
    const dg_status status = dg_shapley_average(&functions, PyArray_DATA((PyArrayObject *)averages), &stop);
    dg_end_long_call(&call);
    return finish(averages, status);
}
