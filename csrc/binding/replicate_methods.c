#include "binding/array_argument.h"
#include "binding/key_argument.h"
#include "binding/methods.h"
#include "binding/raise_status.h"
#include "binding/stopping.h"
#include "binding/vector_argument.h"
#include "kernels/checked_size.h"
#include "kernels/surveys/bootstrap_multipliers.h"
#include "kernels/surveys/replicate_totals.h"

/* How many clusters there are; -1 unless sizes and fractions are possible. */
static npy_intp
count_clusters(PyArrayObject *sizes, PyArrayObject *fractions)
{
    const int64_t *size = PyArray_DATA(sizes);
    const double *fraction = PyArray_DATA(fractions);
    npy_intp total = 0;
    for (npy_intp i = 0; i < PyArray_SIZE(sizes); i++) {
        if (size[i] < 0 || size[i] > NPY_MAX_INT32 - total) {
            PyErr_Format(PyExc_ValueError, "sizes: %lld of stratum %zd is negative, or makes 2**31 clusters", (long long)size[i],
                         i);
            return -1;
        }
        if (!(fraction[i] >= 0.0 && fraction[i] <= 1.0)) {
            PyErr_Format(PyExc_ValueError, "fractions: that of stratum %zd is outside 0 to 1", i);
            return -1;
        }
        total += (npy_intp)size[i];
    }
    return total;
}

/* An array of rows x columns that memory can hold; `n_replicates` is the user's number. */
static PyObject *
new_table(npy_intp n_rows, Py_ssize_t n_replicates, npy_intp *shape)
{
    size_t cells;
    if (n_replicates < 0) {
        return PyErr_Format(PyExc_ValueError, "n_replicates: %zd is negative", n_replicates);
    }
    shape[0] = n_rows;
    shape[1] = n_replicates;
    if (!dg_checked_multiply((size_t)n_rows, (size_t)n_replicates, &cells) || cells > (size_t)NPY_MAX_INTP / sizeof(double)) {
        return PyErr_NoMemory();
    }
    return PyArray_SimpleNew(2, shape, NPY_FLOAT64);
}

typedef struct {
    dg_philox_key key;
    uint64_t first;
    Py_ssize_t n;
    const npy_uint8 *flag;
} drawn_replicates;

static PyObject *
draw(PyArrayObject *sizes, PyArrayObject *fractions, const drawn_replicates *replicates)
{
    const npy_intp n_clusters = count_clusters(sizes, fractions);
    npy_intp shape[2];
    PyObject *result = n_clusters < 0 ? NULL : new_table(n_clusters, replicates->n, shape);
    if (result == NULL) {
        return NULL;
    }
    const dg_sampled_strata strata = {PyArray_DATA(sizes), PyArray_DATA(fractions), (size_t)PyArray_SIZE(sizes)};
    double *multipliers = PyArray_DATA((PyArrayObject *)result);
    dg_long_call call;
    const dg_stop stop = dg_begin_long_call(&call, replicates->flag);
    const dg_status status = dg_bootstrap_multipliers(&strata, replicates->key, replicates->first, (size_t)replicates->n,
                                                      multipliers, &stop);
    dg_end_long_call(&call);
    if (status != DG_OK) {
        Py_DECREF(result);
        return dg_raise_status(status, "drawing clusters failed");
    }
    return result;
}

PyObject *
dg_py_bootstrap_multipliers(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"sizes", "fractions", "key", "first", "n_replicates", "interrupt", NULL};
    PyObject *size_object, *fraction_object, *key, *first, *interrupt = Py_None;
    drawn_replicates replicates;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "OOOOn|O:bootstrap_multipliers", names, &size_object, &fraction_object,
                                     &key, &first, &replicates.n, &interrupt) ||
        dg_as_key(key, &replicates.key) < 0 || dg_as_word(first, "first", &replicates.first) < 0 ||
        dg_as_interrupt(interrupt, &replicates.flag) < 0) {
        return NULL;
    }
    PyArrayObject *sizes = dg_copy_vector(size_object, "sizes", NPY_INT64, -1), *fractions = NULL;
    if (sizes != NULL) {
        fractions = dg_copy_vector(fraction_object, "fractions", NPY_FLOAT64, PyArray_SIZE(sizes));
    }
    PyObject *result = fractions == NULL ? NULL : draw(sizes, fractions, &replicates);
    Py_XDECREF((PyObject *)sizes);
    Py_XDECREF((PyObject *)fractions);
    return result;
}

typedef struct {
    PyArrayObject *cluster, *domain, *sums, *multipliers; /* borrowed */
    Py_ssize_t n_domains;
    const npy_uint8 *flag;
} totals_call;

static int
read_multipliers(PyObject *object, totals_call *call)
{
    call->multipliers = (PyArrayObject *)object;
    if (!PyArray_Check(object) || PyArray_TYPE(call->multipliers) != NPY_FLOAT64 || PyArray_NDIM(call->multipliers) != 2 ||
        !PyArray_ISCARRAY_RO(call->multipliers)) {
        PyErr_SetString(PyExc_TypeError, "multipliers must be a C-contiguous float64 array of clusters x replicates");
        return -1;
    }
    if (call->n_domains < 0 || call->n_domains > NPY_MAX_INT32) {
        PyErr_Format(PyExc_ValueError, "n_domains: %zd is not from 0 to 2**31 - 1", call->n_domains);
        return -1;
    }
    return 0;
}

static int
read_pairs(PyObject *cluster, PyObject *domain, PyObject *sums, totals_call *call)
{
    call->sums = dg_as_column(sums, "sums", NPY_FLOAT64, -1);
    if (call->sums == NULL) {
        return -1;
    }
    const npy_intp n = PyArray_SIZE(call->sums);
    call->cluster = dg_as_column(cluster, "cluster", NPY_INT32, n);
    call->domain = call->cluster == NULL ? NULL : dg_as_column(domain, "domain", NPY_INT32, n);
    return call->domain == NULL ? -1 : 0;
}

static PyObject *
sum_replicates(const totals_call *call)
{
    npy_intp shape[2];
    PyObject *result = new_table(call->n_domains, PyArray_DIM(call->multipliers, 1), shape);
    if (result == NULL) {
        return NULL;
    }
    const dg_pair_sums pairs = {PyArray_DATA(call->cluster), PyArray_DATA(call->domain), PyArray_DATA(call->sums),
                                (size_t)PyArray_SIZE(call->sums)};
    const dg_cluster_multipliers by = {PyArray_DATA(call->multipliers), (size_t)PyArray_DIM(call->multipliers, 0),
                                       (size_t)PyArray_DIM(call->multipliers, 1)};
    double *totals = PyArray_DATA((PyArrayObject *)result);
    size_t bad = 0;
    dg_long_call long_call;
    const dg_stop stop = dg_begin_long_call(&long_call, call->flag);
    const dg_status status = dg_replicate_totals(&pairs, &by, (size_t)call->n_domains, totals, &bad, &stop);
    dg_end_long_call(&long_call);
    if (status != DG_OK) {
        Py_DECREF(result);
        return dg_raise_status(status, "the cluster or domain of pair %zu does not exist", bad);
    }
    return result;
}

PyObject *
dg_py_replicate_totals(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"cluster", "domain", "sums", "multipliers", "n_domains", "interrupt", NULL};
    PyObject *cluster, *domain, *sums, *multipliers, *interrupt = Py_None;
    totals_call call;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "OOOOn|O:replicate_totals", names, &cluster, &domain, &sums, &multipliers,
                                     &call.n_domains, &interrupt) ||
        dg_as_interrupt(interrupt, &call.flag) < 0 || read_pairs(cluster, domain, sums, &call) < 0 ||
        read_multipliers(multipliers, &call) < 0) {
        return NULL;
    }
    return sum_replicates(&call);
}
