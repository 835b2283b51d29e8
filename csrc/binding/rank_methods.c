#include "binding/key_argument.h"
#include "binding/methods.h"
#include "binding/raise_status.h"
#include "binding/stopping.h"
#include "kernels/resampling/rank_draws.h"
#include "kernels/resampling/step_down.h"

#include <math.h>
#include <string.h>

/* A copy, so that nobody changes the numbers while they are drawn from: a new reference. */
static PyArrayObject *
copy_of(PyObject *object, const char *name, int typenum, int ndim)
{
    const int flags = NPY_ARRAY_IN_ARRAY | NPY_ARRAY_NOTSWAPPED | NPY_ARRAY_ENSURECOPY;
    if (!PyArray_Check(object) || PyArray_TYPE((PyArrayObject *)object) != typenum ||
        PyArray_NDIM((PyArrayObject *)object) != ndim) {
        PyArray_Descr *wanted = PyArray_DescrFromType(typenum);
        PyErr_Format(PyExc_TypeError, "%s must be an array of %R with %d dimension%s", name, wanted, ndim,
                     ndim == 1 ? "" : "s");
        Py_XDECREF((PyObject *)wanted);
        return NULL;
    }
    return (PyArrayObject *)PyArray_FROM_OTF(object, typenum, flags);
}

static int
check_numbers(PyArrayObject *array, const char *name, double lowest)
{
    const double *numbers = PyArray_DATA(array);
    for (npy_intp i = 0; i < PyArray_SIZE(array); i++) {
        if (!(numbers[i] >= lowest) || !isfinite(numbers[i])) {
            PyErr_Format(PyExc_ValueError, "%s: element %zd is %s", name, i, isfinite(numbers[i]) ? "negative" : "not finite");
            return -1;
        }
    }
    return 0;
}

static int
check_length(PyArrayObject *array, const char *name, npy_intp length)
{
    if (PyArray_DIM(array, 0) != length) {
        PyErr_Format(PyExc_ValueError, "%s has %zd rows, not %zd", name, PyArray_DIM(array, 0), length);
        return -1;
    }
    return 0;
}

/* What both methods share: the errors of the units, and which replicates are drawn. */
typedef struct {
    PyArrayObject *value, *own, *shared;
    dg_uncertain_values units;
    dg_replicates replicates;
    const npy_uint8 *flag;
} draws;

static void
drop_draws(draws *asked)
{
    Py_XDECREF((PyObject *)asked->value);
    Py_XDECREF((PyObject *)asked->own);
    Py_XDECREF((PyObject *)asked->shared);
}

static int
read_units(PyObject *value, PyObject *own, PyObject *shared, draws *asked)
{
    if ((asked->value = copy_of(value, "value", NPY_DOUBLE, 1)) == NULL ||
        (asked->own = copy_of(own, "own", NPY_DOUBLE, 1)) == NULL ||
        (asked->shared = copy_of(shared, "shared", NPY_DOUBLE, 2)) == NULL) {
        return -1;
    }
    const npy_intp n_units = PyArray_DIM(asked->value, 0);
    if (check_length(asked->own, "own", n_units) < 0 || check_length(asked->shared, "shared", n_units) < 0 ||
        check_numbers(asked->value, "value", -INFINITY) < 0 || check_numbers(asked->own, "own", 0.0) < 0 ||
        check_numbers(asked->shared, "shared", -INFINITY) < 0) {
        return -1;
    }
    asked->units = (dg_uncertain_values){PyArray_DATA(asked->value), PyArray_DATA(asked->own), PyArray_DATA(asked->shared),
                                         (size_t)n_units, (size_t)PyArray_DIM(asked->shared, 1)};
    return 0;
}

static int
read_replicates(PyObject *key, PyObject *first, Py_ssize_t n, PyObject *interrupt, draws *asked)
{
    if (n < 0) {
        PyErr_Format(PyExc_ValueError, "n_replicates: %zd is negative", n);
        return -1;
    }
    asked->replicates.n = (size_t)n;
    return dg_as_key(key, &asked->replicates.key) < 0 || dg_as_word(first, "first", &asked->replicates.first) < 0
               ? -1
               : dg_as_interrupt(interrupt, &asked->flag);
}

static PyObject *
rank_counts(const draws *asked)
{
    const npy_intp n_units = (npy_intp)asked->units.n_units, shape[2] = {n_units, n_units};
    PyObject *counts = PyArray_ZEROS(2, shape, NPY_INT64, 0);
    if (counts == NULL) {
        return NULL;
    }
    dg_long_call call;
    const dg_stop stop = dg_begin_long_call(&call, asked->flag);
    const dg_status status =
        dg_count_ranks(&asked->units, &asked->replicates, PyArray_DATA((PyArrayObject *)counts), &stop);
    dg_end_long_call(&call);
    if (status != DG_OK) {
        Py_DECREF(counts);
        return dg_raise_status(status, "ranking failed");
    }
    return counts;
}

PyObject *
dg_py_count_ranks(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"value", "own", "shared", "key", "first", "n_replicates", "interrupt", NULL};
    PyObject *value, *own, *shared, *key, *first, *interrupt = Py_None;
    Py_ssize_t n;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "OOOOOn|O:count_ranks", names, &value, &own, &shared, &key, &first, &n,
                                     &interrupt)) {
        return NULL;
    }
    draws asked = {0};
    const int ready =
        read_replicates(key, first, n, interrupt, &asked) == 0 && read_units(value, own, shared, &asked) == 0;
    PyObject *counts = ready ? rank_counts(&asked) : NULL;
    drop_draws(&asked);
    return counts;
}

/* The hypotheses of `count_exceeded`, as they are held. */
typedef struct {
    PyArrayObject *upper, *lower, *weight, *seen, *starts;
    dg_differences differences;
} questions;

static void
drop_questions(questions *asked)
{
    Py_XDECREF((PyObject *)asked->upper);
    Py_XDECREF((PyObject *)asked->lower);
    Py_XDECREF((PyObject *)asked->weight);
    Py_XDECREF((PyObject *)asked->seen);
    Py_XDECREF((PyObject *)asked->starts);
}

static int
check_units(PyArrayObject *array, const char *name, size_t n_units)
{
    const int32_t *units = PyArray_DATA(array);
    for (npy_intp i = 0; i < PyArray_SIZE(array); i++) {
        if (units[i] < 0 || (size_t)units[i] >= n_units) {
            PyErr_Format(PyExc_ValueError, "%s: element %zd is %d, and there are %zu units", name, i, (int)units[i], n_units);
            return -1;
        }
    }
    return 0;
}

static int
check_starts(PyArrayObject *array, npy_intp n_hypotheses)
{
    const int64_t *starts = PyArray_DATA(array);
    const npy_intp n = PyArray_SIZE(array);
    bool right = n > 0 && starts[0] == 0 && starts[n - 1] == n_hypotheses;
    for (npy_intp i = 1; right && i < n; i++) {
        right = starts[i - 1] <= starts[i];
    }
    if (!right) {
        PyErr_Format(PyExc_ValueError, "starts must go up from 0 to the number of hypotheses, %zd", n_hypotheses);
        return -1;
    }
    return 0;
}

/* Statistics seen may be infinite, where a difference has no error, but not missing. */
static int
check_seen(PyArrayObject *array)
{
    const double *seen = PyArray_DATA(array);
    for (npy_intp i = 0; i < PyArray_SIZE(array); i++) {
        if (isnan(seen[i])) {
            PyErr_Format(PyExc_ValueError, "seen: element %zd is not a number", i);
            return -1;
        }
    }
    return 0;
}

static int
read_questions(PyObject *upper, PyObject *lower, PyObject *weight, PyObject *seen, PyObject *starts, size_t n_units,
               questions *asked)
{
    if ((asked->upper = copy_of(upper, "upper", NPY_INT32, 1)) == NULL ||
        (asked->lower = copy_of(lower, "lower", NPY_INT32, 1)) == NULL ||
        (asked->weight = copy_of(weight, "weight", NPY_DOUBLE, 1)) == NULL ||
        (asked->seen = copy_of(seen, "seen", NPY_DOUBLE, 1)) == NULL ||
        (asked->starts = copy_of(starts, "starts", NPY_INT64, 1)) == NULL) {
        return -1;
    }
    const npy_intp n = PyArray_DIM(asked->upper, 0);
    if (check_length(asked->lower, "lower", n) < 0 || check_length(asked->weight, "weight", n) < 0 ||
        check_length(asked->seen, "seen", n) < 0 || check_units(asked->upper, "upper", n_units) < 0 ||
        check_units(asked->lower, "lower", n_units) < 0 || check_numbers(asked->weight, "weight", -INFINITY) < 0 ||
        check_seen(asked->seen) < 0 || check_starts(asked->starts, n) < 0) {
        return -1;
    }
    asked->differences = (dg_differences){PyArray_DATA(asked->upper), PyArray_DATA(asked->lower),
                                          PyArray_DATA(asked->weight), PyArray_DATA(asked->seen),
                                          PyArray_DATA(asked->starts), (size_t)(PyArray_SIZE(asked->starts) - 1)};
    return 0;
}

static PyObject *
exceeded_counts(const draws *asked, const questions *hypotheses)
{
    const npy_intp n = PyArray_DIM(hypotheses->upper, 0);
    PyObject *exceeded = PyArray_ZEROS(1, &n, NPY_INT64, 0);
    if (exceeded == NULL) {
        return NULL;
    }
    dg_long_call call;
    const dg_stop stop = dg_begin_long_call(&call, asked->flag);
    const dg_status status = dg_count_exceeded(&asked->units, &hypotheses->differences, &asked->replicates,
                                               PyArray_DATA((PyArrayObject *)exceeded), &stop);
    dg_end_long_call(&call);
    if (status != DG_OK) {
        Py_DECREF(exceeded);
        return dg_raise_status(status, "comparing failed");
    }
    return exceeded;
}

PyObject *
dg_py_count_exceeded(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"value",  "own", "shared", "upper",        "lower",     "weight", "seen",
                            "starts", "key", "first",  "n_replicates", "interrupt", NULL};
    PyObject *value, *own, *shared, *upper, *lower, *weight, *seen, *starts, *key, *first, *interrupt = Py_None;
    Py_ssize_t n;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "OOOOOOOOOOn|O:count_exceeded", names, &value, &own, &shared, &upper,
                                     &lower, &weight, &seen, &starts, &key, &first, &n, &interrupt)) {
        return NULL;
    }
    draws asked = {0};
    questions hypotheses = {0};
    const int ready =
        read_replicates(key, first, n, interrupt, &asked) == 0 && read_units(value, own, shared, &asked) == 0 &&
        read_questions(upper, lower, weight, seen, starts, asked.units.n_units, &hypotheses) == 0;
    PyObject *exceeded = ready ? exceeded_counts(&asked, &hypotheses) : NULL;
    drop_questions(&hypotheses);
    drop_draws(&asked);
    return exceeded;
}
