#include "binding/comparison_argument.h"
#include "binding/methods.h"
#include "binding/raise_status.h"
#include "binding/stopping.h"
#include "kernels/inference/unconditional_tables.h"

#include <string.h>

#define N_VECTORS 5

typedef struct {
    PyObject *objects[N_VECTORS];
    PyArrayObject *vectors[N_VECTORS];        /* owned */
    PyArrayObject *answers, *rejected_inside; /* owned */
    dg_question question;
    dg_unconditional_method method;
    const npy_uint8 *flag;
} unconditional_call;

static int
as_unconditional_method(const char *name, dg_unconditional_method *method)
{
    if (strcmp(name, "chan-zhang") != 0 && strcmp(name, "agresti-min") != 0) {
        PyErr_Format(PyExc_ValueError, "method: '%s' is not one of 'chan-zhang', 'agresti-min'",
                     name);
        return -1;
    }
    *method = strcmp(name, "chan-zhang") == 0 ? DG_CHAN_ZHANG : DG_AGRESTI_MIN;
    return 0;
}

/* A level of NaN asks for no intervals. */
static int
read_question(unconditional_call *call, const char *method, double level, const char *alternative)
{
    dg_alternative sides;
    if (as_unconditional_method(method, &call->method) < 0 ||
        dg_as_alternative(alternative, &sides) < 0 ||
        (level == level && dg_check_level(level) < 0)) {
        return -1;
    }
    call->question = dg_ask(DG_DIFFERENCE, sides, level);
    return 0;
}

static int
read_vectors(unconditional_call *call, char **names)
{
    npy_intp length = -1;
    for (int i = 0; i < N_VECTORS; i++) {
        call->vectors[i] = dg_as_floats(call->objects[i], names[i], length);
        if (call->vectors[i] == NULL) {
            return -1;
        }
        length = PyArray_DIM(call->vectors[i], 0);
    }
    return 0;
}

static dg_comparison_tables
tables_of(const unconditional_call *call)
{
    const double *in[N_VECTORS];
    for (int i = 0; i < N_VECTORS; i++) {
        in[i] = PyArray_DATA(call->vectors[i]);
    }
    return (dg_comparison_tables){in[0], in[1], in[2],
                                  in[3], in[4], (size_t)PyArray_DIM(call->vectors[0], 0)};
}

static int
check_tables(const dg_comparison_tables *tables)
{
    for (size_t i = 0; i < tables->n; i++) {
        const dg_two_samples samples = {tables->x1[i], tables->n1[i], tables->x2[i], tables->n2[i]};
        if (!dg_is_unconditional_table(&samples, tables->null[i])) {
            PyErr_Format(PyExc_ValueError,
                         "count1, nobs1, count2, nobs2 and null at index %zu are not whole counts "
                         "of samples of at most %d, "
                         "with a null from -1 to 1",
                         i, DG_LARGEST_UNCONDITIONAL_SAMPLE);
            return -1;
        }
    }
    return 0;
}

static int
make_results(unconditional_call *call)
{
    const npy_intp n = PyArray_DIM(call->vectors[0], 0), shape[2] = {N_VECTORS, n};
    call->answers = (PyArrayObject *)PyArray_SimpleNew(2, shape, NPY_DOUBLE);
    call->rejected_inside = (PyArrayObject *)PyArray_SimpleNew(1, &n, NPY_BOOL);
    return call->answers == NULL || call->rejected_inside == NULL ? -1 : 0;
}

static PyObject *
answer(unconditional_call *call)
{
    const dg_comparison_tables tables = tables_of(call);
    if (check_tables(&tables) < 0 || make_results(call) < 0) {
        return NULL;
    }
    double *out = PyArray_DATA(call->answers);
    const size_t n = tables.n;
    const dg_comparison_columns answers = {out, out + n, out + 2 * n, out + 3 * n, out + 4 * n};
    dg_long_call running;
    const dg_stop stop = dg_begin_long_call(&running, call->flag);
    const dg_status status =
            dg_compare_unconditional(&tables, &call->question, call->method, &answers,
                                     PyArray_DATA(call->rejected_inside), &stop);
    dg_end_long_call(&running);
    if (status != DG_OK) {
        return dg_raise_status(status, "comparison failed");
    }
    return PyTuple_Pack(2, (PyObject *)call->answers, (PyObject *)call->rejected_inside);
}

static void
release(unconditional_call *call)
{
    for (int i = 0; i < N_VECTORS; i++) {
        Py_XDECREF((PyObject *)call->vectors[i]);
    }
    Py_XDECREF((PyObject *)call->answers);
    Py_XDECREF((PyObject *)call->rejected_inside);
}

PyObject *
dg_py_compare_unconditional(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"count1",    "nobs1",  "count2",           "nobs2",
                            "null",      "method", "confidence_level", "alternative",
                            "interrupt", NULL};
    unconditional_call call = {0};
    PyObject **v = call.objects, *interrupt = Py_None;
    const char *method, *alternative;
    double level;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "OOOOOsds|O:compare_unconditional", names, &v[0],
                                     &v[1], &v[2], &v[3], &v[4], &method, &level, &alternative,
                                     &interrupt)) {
        return NULL;
    }
    PyObject *result = NULL;
    if (read_question(&call, method, level, alternative) == 0 &&
        dg_as_interrupt(interrupt, &call.flag) == 0 && read_vectors(&call, names) == 0) {
        result = answer(&call);
    }
    release(&call);
    return result;
}
