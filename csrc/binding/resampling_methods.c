#include "binding/array_argument.h"
#include "binding/key_argument.h"
#include "binding/methods.h"
#include "binding/raise_status.h"
#include "binding/stopping.h"
#include "kernels/checked_size.h"
#include "kernels/resampling/count_law.h"
#include "kernels/resampling/difference_distribution.h"
#include "kernels/resampling/table_draws.h"

#include <string.h>

typedef dg_status (*draw_tables)(const dg_answer_table *, const dg_replicates *, int64_t *, const dg_stop *);

/* -1 unless no count is negative and all together are few enough. */
static int
check_counts(PyArrayObject *counts)
{
    const int64_t *cells = PyArray_DATA(counts);
    int64_t total = 0;
    for (npy_intp i = 0; i < PyArray_SIZE(counts); i++) {
        if (cells[i] < 0) {
            PyErr_Format(PyExc_ValueError, "counts: %lld in cell %zd is negative", (long long)cells[i], i);
            return -1;
        }
        total = cells[i] > DG_LARGEST_TOTAL ? DG_LARGEST_TOTAL + 1 : total + cells[i];
        if (total > DG_LARGEST_TOTAL) {
            PyErr_SetString(PyExc_ValueError, "counts: more than 2**31 - 1 people cannot be resampled");
            return -1;
        }
    }
    return 0;
}

/* A copy of the counts, so that nobody changes them while they are drawn from: a new reference. */
static PyArrayObject *
read_counts(PyObject *object)
{
    if (!PyArray_Check(object) || PyArray_TYPE((PyArrayObject *)object) != NPY_INT64 ||
        PyArray_NDIM((PyArrayObject *)object) != 2) {
        PyErr_SetString(PyExc_TypeError, "counts must be an int64 array of groups x answers");
        return NULL;
    }
    const int flags = NPY_ARRAY_IN_ARRAY | NPY_ARRAY_NOTSWAPPED | NPY_ARRAY_ENSURECOPY;
    PyArrayObject *counts = (PyArrayObject *)PyArray_FROM_OTF(object, NPY_INT64, flags);
    if (counts != NULL && check_counts(counts) < 0) {
        Py_DECREF(counts);
        return NULL;
    }
    return counts;
}

static PyObject *
draw(PyArrayObject *counts, const dg_replicates *replicates, draw_tables draw_all, const npy_uint8 *flag)
{
    const npy_intp shape[3] = {(npy_intp)replicates->n, PyArray_DIM(counts, 0), PyArray_DIM(counts, 1)};
    PyObject *result = PyArray_SimpleNew(3, shape, NPY_INT64);
    if (result == NULL) {
        return NULL;
    }
    const dg_answer_table table = {PyArray_DATA(counts), (size_t)shape[1], (size_t)shape[2]};
    int64_t *drawn = PyArray_DATA((PyArrayObject *)result);
    dg_long_call call;
    const dg_stop stop = dg_begin_long_call(&call, flag);
    const dg_status status = draw_all(&table, replicates, drawn, &stop);
    dg_end_long_call(&call);
    if (status != DG_OK) {
        Py_DECREF(result);
        return dg_raise_status(status, "resampling failed");
    }
    return result;
}

static draw_tables
find_kind(const char *kind)
{
    if (strcmp(kind, "bootstrap") == 0) {
        return dg_bootstrap_table;
    }
    if (strcmp(kind, "permutation") == 0) {
        return dg_permute_table;
    }
    PyErr_Format(PyExc_ValueError, "kind: '%s' is not one of 'bootstrap', 'permutation'", kind);
    return NULL;
}

static int
check_replicates(Py_ssize_t n)
{
    if (n < 0) {
        PyErr_Format(PyExc_ValueError, "n_replicates: %zd is negative", n);
        return -1;
    }
    return 0;
}

PyObject *
dg_py_resample_counts(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"counts", "key", "first", "n_replicates", "kind", "interrupt", NULL};
    PyObject *table, *key, *first, *interrupt = Py_None;
    Py_ssize_t n;
    const char *kind;
    const npy_uint8 *flag;
    dg_replicates replicates;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "OOOns|O:resample_counts", names, &table, &key, &first, &n, &kind,
                                     &interrupt)) {
        return NULL;
    }
    const draw_tables draw_all = find_kind(kind);
    if (draw_all == NULL || check_replicates(n) < 0 || dg_as_key(key, &replicates.key) < 0 ||
        dg_as_word(first, "first", &replicates.first) < 0 || dg_as_interrupt(interrupt, &flag) < 0) {
        return NULL;
    }
    replicates.n = (size_t)n;
    PyArrayObject *counts = read_counts(table);
    PyObject *result = counts == NULL ? NULL : draw(counts, &replicates, draw_all, flag);
    Py_XDECREF((PyObject *)counts);
    return result;
}

PyObject *
dg_py_philox_words(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"key", "replicate", "n", NULL};
    PyObject *key_object, *replicate_object;
    Py_ssize_t n;
    dg_philox_key key;
    uint64_t replicate;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "OOn:philox_words", names, &key_object, &replicate_object, &n) ||
        dg_as_key(key_object, &key) < 0 || dg_as_word(replicate_object, "replicate", &replicate) < 0) {
        return NULL;
    }
    const npy_intp length = n;
    if (length < 0) {
        return PyErr_Format(PyExc_ValueError, "n: %zd is negative", n);
    }
    PyObject *words = PyArray_SimpleNew(1, &length, NPY_UINT64);
    if (words == NULL) {
        return NULL;
    }
    uint64_t *out = PyArray_DATA((PyArrayObject *)words);
    dg_philox stream = dg_philox_start(key, replicate);
    DG_BEGIN_LONG(length)
    for (npy_intp i = 0; i < length; i++) {
        out[i] = dg_philox_next(&stream);
    }
    DG_END_LONG
    return words;
}

/* -1 unless 0 <= count <= nobs and 0 < nobs. */
static int
check_shares(const dg_two_shares *shares)
{
    const int64_t pairs[2][2] = {{shares->count1, shares->nobs1}, {shares->count2, shares->nobs2}};
    for (int i = 0; i < 2; i++) {
        const int64_t count = pairs[i][0], nobs = pairs[i][1];
        if (nobs < 1 || nobs > DG_LARGEST_TOTAL) {
            PyErr_Format(PyExc_ValueError, "nobs%d: %lld is not between 1 and 2**31 - 1", i + 1, (long long)nobs);
            return -1;
        }
        if (count < 0 || count > nobs) {
            PyErr_Format(PyExc_ValueError, "count%d: %lld is not between 0 and nobs%d, which is %lld", i + 1,
                         (long long)count, i + 1, (long long)nobs);
            return -1;
        }
    }
    return 0;
}

PyObject *
dg_py_difference_quantiles(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"count1", "nobs1", "count2", "nobs2", "tail", "interrupt", NULL};
    long long count1, nobs1, count2, nobs2;
    double tail;
    PyObject *interrupt = Py_None;
    const npy_uint8 *flag;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "LLLLd|O:difference_quantiles", names, &count1, &nobs1, &count2, &nobs2,
                                     &tail, &interrupt) ||
        dg_as_interrupt(interrupt, &flag) < 0) {
        return NULL;
    }
    const dg_two_shares shares = {count1, nobs1, count2, nobs2};
    if (check_shares(&shares) < 0) {
        return NULL;
    }
    if (!(tail > 0.0 && tail <= 0.5)) {
        PyErr_SetString(PyExc_ValueError, "tail must be above 0 and at most 0.5");
        return NULL;
    }
    int64_t low = 0, high = 0;
    dg_long_call call;
    const dg_stop stop = dg_begin_long_call(&call, flag);
    const dg_status status = dg_difference_quantiles(&shares, tail, &low, &high, &stop);
    dg_end_long_call(&call);
    if (status != DG_OK) {
        return dg_raise_status(status, "quantiles failed");
    }
    return Py_BuildValue("LL", (long long)low, (long long)high);
}

PyObject *
dg_py_permutation_tails(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"count1", "nobs1", "count2", "nobs2", NULL};
    long long count1, nobs1, count2, nobs2;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "LLLL:permutation_tails", names, &count1, &nobs1, &count2, &nobs2)) {
        return NULL;
    }
    const dg_two_shares shares = {count1, nobs1, count2, nobs2};
    if (check_shares(&shares) < 0) {
        return NULL;
    }
    if (nobs1 + nobs2 > DG_LARGEST_TOTAL) {
        PyErr_SetString(PyExc_ValueError, "nobs1 + nobs2: more than 2**31 - 1 people cannot be shuffled");
        return NULL;
    }
    double at_most = 0.0, at_least = 0.0;
    PyThreadState *thread = PyEval_SaveThread();
    const dg_status status = dg_permutation_tails(&shares, &at_most, &at_least);
    PyEval_RestoreThread(thread);
    if (status != DG_OK) {
        return dg_raise_status(status, "tails failed");
    }
    return Py_BuildValue("dd", at_most, at_least);
}
