#include "binding/array_argument.h"
#include "binding/methods.h"
#include "binding/raise_status.h"
#include "binding/stopping.h"
#include "binding/vector_argument.h"
#include "kernels/checked_size.h"
#include "kernels/surveys/cluster_covariance.h"

/* The arguments of one call. What tells where to write is copied, so that nobody changes it meanwhile. */
typedef struct {
    PyArrayObject *cluster, *statistic, *score; /* borrowed */
    PyArrayObject *groups, *factor, *centre, *blocks; /* owned copies; centre may be NULL */
    PyArrayObject *covariance; /* borrowed */
    const npy_uint8 *flag;
} covariance_call;

static void
release(covariance_call *call)
{
    Py_XDECREF((PyObject *)call->groups);
    Py_XDECREF((PyObject *)call->factor);
    Py_XDECREF((PyObject *)call->centre);
    Py_XDECREF((PyObject *)call->blocks);
}

/* A copy of where parts begin, and after them the end of the last: from 0, never decreasing. */
static PyArrayObject *
copy_starts(PyObject *object, const char *name)
{
    PyArrayObject *starts = dg_copy_vector(object, name, NPY_INT64, -1);
    if (starts == NULL) {
        return NULL;
    }
    const int64_t *start = PyArray_DATA(starts);
    npy_intp n = PyArray_SIZE(starts), bad = n > 0 && start[0] == 0 ? 1 : 0;
    while (bad > 0 && bad < n && start[bad] >= start[bad - 1]) {
        bad++;
    }
    if (bad < n || n == 0 || start[n - 1] > NPY_MAX_INT32) {
        PyErr_Format(PyExc_ValueError, "%s must begin with 0, never decrease and end below 2**31", name);
        Py_DECREF(starts);
        return NULL;
    }
    return starts;
}

static npy_intp
end_of(PyArrayObject *starts)
{
    return (npy_intp)((const int64_t *)PyArray_DATA(starts))[PyArray_SIZE(starts) - 1];
}

/* Numbers in the matrices of all blocks; -1 when memory cannot hold so many. */
static npy_intp
count_cells(PyArrayObject *blocks)
{
    const int64_t *start = PyArray_DATA(blocks);
    size_t cells = 0;
    for (npy_intp i = 1; i < PyArray_SIZE(blocks); i++) {
        size_t square;
        if (!dg_checked_multiply((size_t)(start[i] - start[i - 1]), (size_t)(start[i] - start[i - 1]), &square) ||
            !dg_checked_add(cells, square, &cells) || cells > (size_t)NPY_MAX_INTP / sizeof(double)) {
            PyErr_SetString(PyExc_ValueError, "blocks have more covariances than memory can hold");
            return -1;
        }
    }
    return (npy_intp)cells;
}

static int
read_entries(PyObject *cluster, PyObject *statistic, PyObject *score, covariance_call *call)
{
    call->score = dg_as_column(score, "score", NPY_FLOAT64, -1);
    if (call->score == NULL) {
        return -1;
    }
    const npy_intp n = PyArray_SIZE(call->score);
    call->cluster = dg_as_column(cluster, "cluster", NPY_INT32, n);
    call->statistic = call->cluster == NULL ? NULL : dg_as_column(statistic, "statistic", NPY_INT32, n);
    return call->statistic == NULL ? -1 : 0;
}

static int
read_groups(PyObject *groups, PyObject *factor, PyObject *centre, PyObject *blocks, covariance_call *call)
{
    call->groups = copy_starts(groups, "groups");
    call->blocks = call->groups == NULL ? NULL : copy_starts(blocks, "blocks");
    if (call->blocks == NULL) {
        return -1;
    }
    call->factor = dg_copy_vector(factor, "factor", NPY_FLOAT64, end_of(call->groups));
    if (call->factor == NULL) {
        return -1;
    }
    if (centre != Py_None) {
        call->centre = dg_copy_vector(centre, "centre", NPY_FLOAT64, end_of(call->blocks));
    }
    return centre != Py_None && call->centre == NULL ? -1 : 0;
}

static int
read_covariance(PyObject *object, covariance_call *call)
{
    const npy_intp cells = count_cells(call->blocks);
    if (cells < 0) {
        return -1;
    }
    call->covariance = dg_as_output(object, "covariance", NPY_FLOAT64, 1, &cells);
    if (call->covariance == NULL) {
        return -1;
    }
    if (dg_overlap(call->covariance, call->score) || dg_overlap(call->covariance, call->cluster) ||
        dg_overlap(call->covariance, call->statistic)) {
        PyErr_SetString(PyExc_ValueError, "covariance must not share memory with what it is made of");
        return -1;
    }
    return 0;
}

static PyObject *
add_covariance(const covariance_call *call)
{
    const dg_scores scores = {PyArray_DATA(call->cluster), PyArray_DATA(call->statistic), PyArray_DATA(call->score),
                              (size_t)PyArray_SIZE(call->score)};
    const dg_cluster_groups groups = {PyArray_DATA(call->groups), (size_t)PyArray_SIZE(call->groups) - 1,
                                      PyArray_DATA(call->factor), call->centre == NULL ? NULL : PyArray_DATA(call->centre)};
    const dg_statistic_blocks blocks = {PyArray_DATA(call->blocks), (size_t)PyArray_SIZE(call->blocks) - 1};
    size_t bad = 0;
    dg_long_call long_call;
    const dg_stop stop = dg_begin_long_call(&long_call, call->flag);
    const dg_status status = dg_add_covariance(&scores, &groups, &blocks, PyArray_DATA(call->covariance), &bad, &stop);
    dg_end_long_call(&long_call);
    if (status != DG_OK) {
        return dg_raise_status(status, "scores: entry %zu is out of range, or not in the order of clusters, then statistics", bad);
    }
    Py_RETURN_NONE;
}

PyObject *
dg_py_add_covariance(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"cluster", "statistic",  "score",     "groups", "factor", "blocks",
                            "covariance", "centre", "interrupt", NULL};
    PyObject *cluster, *statistic, *score, *groups, *factor, *blocks, *covariance, *centre = Py_None, *interrupt = Py_None;
    covariance_call call = {0};
    PyObject *result = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "OOOOOOO|OO:add_covariance", names, &cluster, &statistic, &score, &groups,
                                     &factor, &blocks, &covariance, &centre, &interrupt)) {
        return NULL;
    }
    if (dg_as_interrupt(interrupt, &call.flag) == 0 && read_entries(cluster, statistic, score, &call) == 0 &&
        read_groups(groups, factor, centre, blocks, &call) == 0 && read_covariance(covariance, &call) == 0) {
        result = add_covariance(&call);
    }
    release(&call);
    return result;
}
