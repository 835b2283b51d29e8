#include "binding/array_argument.h"
#include "binding/column_argument.h"
#include "binding/methods.h"
#include "binding/raise_status.h"
#include "binding/stopping.h"
#include "kernels/counting/weight_window.h"
#include "kernels/surveys/cluster_sums.h"

#include <string.h>

/* What a range of rows comes to: handed to Python in a capsule, read together with the other ranges. */
typedef struct {
    dg_pair_layout layout;
    dg_cluster_run run;
    size_t n_terms;
    int lows[]; /* n_terms */
} sums_part;

static const char PART_NAME[] = "dueregard.cluster_sums";

static void
free_part(PyObject *capsule)
{
    sums_part *part = PyCapsule_GetPointer(capsule, PART_NAME);
    dg_free_run(&part->run);
    PyMem_RawFree(part);
}

/* The arguments of sum_clusters, checked; what it owns is released by drop_call. */
typedef struct {
    PyArrayObject *cluster;
    PyArrayObject *domain;
    PyObject *columns;    /* a tuple of our own, so that no array goes while it is read */
    PyArrayObject *terms; /* copies */
    PyArrayObject *lows;
    dg_strided_values codes[2];
    dg_strided_values *values; /* of the columns */
    dg_pair_layout layout;
    Py_ssize_t first_row;
    const npy_uint8 *flag;
} sums_call;

static void
drop_call(sums_call *call)
{
    Py_XDECREF(call->columns);
    Py_XDECREF((PyObject *)call->terms);
    Py_XDECREF((PyObject *)call->lows);
    PyMem_RawFree(call->values);
}

/* A vector of this type; NULL with an exception set otherwise. */
static PyArrayObject *
typed_vector(PyObject *object, const char *name, int typenum)
{
    PyArrayObject *array = dg_as_vector(object, name);
    if (array != NULL && PyArray_TYPE(array) != typenum) {
        PyErr_Format(PyExc_TypeError, "%s must hold %s, not %S", name, typenum == NPY_INT32 ? "int32" : "float64",
                     PyArray_DESCR(array));
        return NULL;
    }
    return array;
}

static int
check_codes(sums_call *call, PyObject *cluster, PyObject *domain)
{
    call->cluster = typed_vector(cluster, "cluster", NPY_INT32);
    call->domain = call->cluster == NULL ? NULL : typed_vector(domain, "domain", NPY_INT32);
    if (call->domain == NULL) {
        return -1;
    }
    if (PyArray_DIM(call->cluster, 0) != PyArray_DIM(call->domain, 0)) {
        PyErr_Format(PyExc_ValueError, "cluster has %zd rows but domain has %zd", PyArray_DIM(call->cluster, 0),
                     PyArray_DIM(call->domain, 0));
        return -1;
    }
    call->codes[0] = dg_strided_from(call->cluster);
    call->codes[1] = dg_strided_from(call->domain);
    return 0;
}

static int
check_columns(sums_call *call, PyObject *columns)
{
    call->columns = PySequence_Tuple(columns);
    if (call->columns == NULL) {
        return -1;
    }
    const Py_ssize_t n = PyTuple_GET_SIZE(call->columns);
    call->values = PyMem_RawCalloc((size_t)n + 1, sizeof *call->values);
    if (call->values == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        PyArrayObject *column = typed_vector(PyTuple_GET_ITEM(call->columns, i), "a column", NPY_DOUBLE);
        if (column == NULL) {
            return -1;
        }
        if (PyArray_DIM(column, 0) != PyArray_DIM(call->cluster, 0)) {
            PyErr_Format(PyExc_ValueError, "cluster has %zd rows but column %zd has %zd", PyArray_DIM(call->cluster, 0), i,
                         PyArray_DIM(column, 0));
            return -1;
        }
        call->values[i] = dg_strided_from(column);
    }
    return 0;
}

/* A copy as the kernels want it: a new reference. */
static PyArrayObject *
copy_of(PyObject *object, const char *name, int ndim)
{
    const int flags = NPY_ARRAY_IN_ARRAY | NPY_ARRAY_NOTSWAPPED | NPY_ARRAY_ENSURECOPY;
    if (!PyArray_Check(object) || PyArray_TYPE((PyArrayObject *)object) != NPY_INT32 ||
        PyArray_NDIM((PyArrayObject *)object) != ndim) {
        PyErr_Format(PyExc_TypeError, "%s must be an int32 array of %d dimension%s", name, ndim, ndim == 1 ? "" : "s");
        return NULL;
    }
    return (PyArrayObject *)PyArray_FROM_OTF(object, NPY_INT32, flags);
}

static int
check_term(const npy_int32 *term, Py_ssize_t i, Py_ssize_t n_columns)
{
    for (int k = 0; k < DG_MOST_FACTORS; k++) {
        const bool may_lack = k > 0 && term[k] == -1;
        const bool after_none = k > 0 && term[k - 1] == -1;
        if ((!may_lack && (term[k] < 0 || term[k] >= n_columns)) || (after_none && term[k] != -1)) {
            PyErr_Format(PyExc_ValueError, "terms: %d is no column of term %zd", term[k], i);
            return -1;
        }
    }
    return 0;
}

static int
check_terms(sums_call *call, PyObject *terms, PyObject *lows)
{
    call->terms = copy_of(terms, "terms", 2);
    call->lows = call->terms == NULL ? NULL : copy_of(lows, "lows", 1);
    if (call->lows == NULL) {
        return -1;
    }
    const npy_intp n = PyArray_DIM(call->terms, 0);
    if (PyArray_DIM(call->terms, 1) != DG_MOST_FACTORS || PyArray_DIM(call->lows, 0) != n) {
        PyErr_SetString(PyExc_ValueError, "terms must have three columns, and lows as many elements as terms has rows");
        return -1;
    }
    const npy_int32 *factors = PyArray_DATA(call->terms), *units = PyArray_DATA(call->lows);
    for (npy_intp i = 0; i < n; i++) {
        if (check_term(factors + DG_MOST_FACTORS * i, i, PyTuple_GET_SIZE(call->columns)) < 0) {
            return -1;
        }
        if (units[i] < DG_LOWEST_LOW || units[i] > DG_HIGHEST_LOW) {
            PyErr_Format(PyExc_ValueError, "lows must lie from %d to %d, not %d", DG_LOWEST_LOW, DG_HIGHEST_LOW, units[i]);
            return -1;
        }
    }
    return 0;
}

static int
check_sizes(sums_call *call, Py_ssize_t n_clusters, Py_ssize_t n_domains)
{
    if (n_clusters < 0 || n_domains < 0) {
        PyErr_Format(PyExc_ValueError, "%s: %zd is negative", n_clusters < 0 ? "n_clusters" : "n_domains",
                     n_clusters < 0 ? n_clusters : n_domains);
        return -1;
    }
    if (!dg_pair_layout_of((size_t)n_clusters, (size_t)n_domains, &call->layout)) {
        PyErr_Format(PyExc_ValueError, "%zd clusters by %zd domains are more pairs than can be numbered", n_clusters,
                     n_domains);
        return -1;
    }
    return 0;
}

static void
raise_bad(const sums_call *call, dg_status status, const dg_bad_cluster_row *bad)
{
    if (status == DG_CODE_OUT_OF_RANGE) {
        const char *name = bad->pair.is_domain ? "domain" : "cluster";
        const long long n = bad->pair.is_domain ? call->layout.n_domains : call->layout.n_clusters;
        dg_raise_status(status, "%s: code %d at row %zd is outside %d to %lld", name, bad->pair.code,
                        call->first_row + (Py_ssize_t)bad->pair.row, bad->pair.is_domain ? -1 : 0, n - 1);
    }
    else {
        dg_raise_status(status, "term %zd at row %zd is outside the window of the numbers that are added",
                        (Py_ssize_t)bad->term, call->first_row + (Py_ssize_t)bad->row);
    }
}

static PyObject *
sum_rows(const sums_call *call)
{
    const size_t n_terms = (size_t)PyArray_DIM(call->terms, 0);
    sums_part *part = PyMem_RawCalloc(1, sizeof *part + n_terms * sizeof *part->lows);
    if (part == NULL) {
        return PyErr_NoMemory();
    }
    part->layout = call->layout;
    part->n_terms = n_terms;
    memcpy(part->lows, PyArray_DATA(call->lows), n_terms * sizeof *part->lows);
    const dg_cluster_rows rows = {
            .clusters = &call->codes[0],
            .domains = &call->codes[1],
            .columns = call->values,
            .n_columns = (size_t)PyTuple_GET_SIZE(call->columns),
            .terms = PyArray_DATA(call->terms),
            .lows = part->lows,
            .n_terms = n_terms,
    };
    dg_bad_cluster_row bad;
    dg_long_call running;
    const dg_stop stop = dg_begin_long_call(&running, call->flag);
    const dg_status status = dg_sum_clusters(&part->layout, &rows, 0, (size_t)PyArray_DIM(call->cluster, 0), &part->run,
                                             &stop, &bad);
    dg_end_long_call(&running);
    PyObject *capsule = NULL;
    if (status != DG_OK) {
        raise_bad(call, status, &bad);
    }
    else {
        capsule = PyCapsule_New(part, PART_NAME, free_part);
    }
    if (capsule == NULL) {
        dg_free_run(&part->run);
        PyMem_RawFree(part);
    }
    return capsule;
}

PyObject *
dg_py_sum_clusters(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"cluster", "domain", "n_clusters", "n_domains", "columns",
                            "terms",   "lows",   "first_row",  "interrupt", NULL};
    PyObject *cluster, *domain, *columns, *terms, *lows, *interrupt = Py_None;
    Py_ssize_t n_clusters, n_domains;
    sums_call call = {0};
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "OOnnOOO|nO:sum_clusters", names, &cluster, &domain, &n_clusters,
                                     &n_domains, &columns, &terms, &lows, &call.first_row, &interrupt)) {
        return NULL;
    }
    const int failed = check_codes(&call, cluster, domain) < 0 || check_columns(&call, columns) < 0 ||
                       check_terms(&call, terms, lows) < 0 || check_sizes(&call, n_clusters, n_domains) < 0 ||
                       dg_as_interrupt(interrupt, &call.flag) < 0;
    PyObject *part = failed ? NULL : sum_rows(&call);
    drop_call(&call);
    return part;
}

/* Part i of a tuple, which must be like the first; NULL with an exception set otherwise. */
static const sums_part *
part_at(PyObject *parts, Py_ssize_t i)
{
    PyObject *object = PyTuple_GET_ITEM(parts, i);
    if (!PyCapsule_IsValid(object, PART_NAME)) {
        PyErr_Format(PyExc_TypeError, "parts: element %zd is no result of sum_clusters", i);
        return NULL;
    }
    const sums_part *part = PyCapsule_GetPointer(object, PART_NAME);
    const sums_part *first = i == 0 ? part : PyCapsule_GetPointer(PyTuple_GET_ITEM(parts, 0), PART_NAME);
    if (part->layout.n_clusters != first->layout.n_clusters || part->layout.n_domains != first->layout.n_domains ||
        part->n_terms != first->n_terms || memcmp(part->lows, first->lows, part->n_terms * sizeof *part->lows) != 0) {
        PyErr_Format(PyExc_ValueError, "parts: element %zd has other clusters, domains, terms or units than the first", i);
        return NULL;
    }
    return part;
}

/* Adds another part to *sum, which is the run of the first part, or one of our own if *owned. */
static int
add_part(dg_cluster_run *sum, bool *owned, const sums_part *part, const npy_uint8 *flag)
{
    dg_cluster_run merged;
    dg_long_call running;
    const dg_stop stop = dg_begin_long_call(&running, flag);
    const dg_status status = dg_merge_runs(sum, &part->run, &merged, &stop);
    dg_end_long_call(&running);
    if (status != DG_OK) {
        dg_raise_status(status, "the parts cannot be merged");
        return -1;
    }
    if (*owned) {
        dg_free_run(sum);
    }
    *sum = merged;
    *owned = true;
    return 0;
}

/* The pairs of a run, their rows and their sums, as arrays. */
static PyObject *
read_run(const dg_cluster_run *run, const sums_part *part, const npy_uint8 *flag)
{
    const npy_intp shape[2] = {(npy_intp)part->n_terms, (npy_intp)run->n};
    PyObject *cluster = PyArray_SimpleNew(1, shape + 1, NPY_INT32), *domain = PyArray_SimpleNew(1, shape + 1, NPY_INT32);
    PyObject *nobs = PyArray_SimpleNew(1, shape + 1, NPY_INT64), *sums = PyArray_SimpleNew(2, shape, NPY_DOUBLE);
    dg_status status = DG_NO_MEMORY;
    if (cluster != NULL && domain != NULL && nobs != NULL && sums != NULL) {
        const dg_run_reading reading = {
                .cluster = PyArray_DATA((PyArrayObject *)cluster),
                .domain = PyArray_DATA((PyArrayObject *)domain),
                .nobs = PyArray_DATA((PyArrayObject *)nobs),
                .sums = PyArray_DATA((PyArrayObject *)sums),
        };
        dg_long_call running;
        const dg_stop stop = dg_begin_long_call(&running, flag);
        status = dg_read_run(run, part->layout.domain_bits, part->lows, &reading, &stop);
        dg_end_long_call(&running);
        if (status != DG_OK) {
            dg_raise_status(status, "the sums cannot be read");
        }
    }
    PyObject *result = status == DG_OK ? PyTuple_Pack(4, cluster, domain, nobs, sums) : NULL;
    Py_XDECREF(cluster);
    Py_XDECREF(domain);
    Py_XDECREF(nobs);
    Py_XDECREF(sums);
    return result;
}

static PyObject *
read_parts(PyObject *parts, const npy_uint8 *flag)
{
    const sums_part *first = part_at(parts, 0);
    if (first == NULL) {
        return NULL;
    }
    dg_cluster_run sum = first->run;
    bool owned = false, failed = false;
    for (Py_ssize_t i = 1; !failed && i < PyTuple_GET_SIZE(parts); i++) {
        const sums_part *part = part_at(parts, i);
        failed = part == NULL || add_part(&sum, &owned, part, flag) < 0;
    }
    PyObject *result = failed ? NULL : read_run(&sum, first, flag);
    if (owned) {
        dg_free_run(&sum);
    }
    return result;
}

PyObject *
dg_py_read_cluster_sums(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"parts", "interrupt", NULL};
    PyObject *sequence, *interrupt = Py_None;
    const npy_uint8 *flag;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O|O:read_cluster_sums", names, &sequence, &interrupt) ||
        dg_as_interrupt(interrupt, &flag) < 0) {
        return NULL;
    }
    PyObject *parts = PySequence_Tuple(sequence); /* our own, so that no part goes while it is read */
    if (parts == NULL) {
        return NULL;
    }
    PyObject *result = NULL;
    if (PyTuple_GET_SIZE(parts) == 0) {
        PyErr_SetString(PyExc_ValueError, "parts is empty");
    }
    else {
        result = read_parts(parts, flag);
    }
    Py_DECREF(parts);
    return result;
}
