#include "binding/comparison_argument.h"

#include "binding/raise_status.h"
#include "binding/stopping.h"

#include <string.h>

#define N_VECTORS 5

typedef struct {
    PyObject *objects[N_VECTORS];
    PyArrayObject *vectors[N_VECTORS]; /* owned */
    const dg_comparison_method *method;
    dg_question question;
    const npy_uint8 *flag;
} comparison_call;

static int
position_of(const char *name, const char *argument, const char *const *known, int n_known)
{
    for (int i = 0; i < n_known; i++) {
        if (strcmp(name, known[i]) == 0) {
            return i;
        }
    }
    PyErr_Format(PyExc_ValueError, "%s: '%s' is not one of '%s', '%s', '%s'", argument, name, known[0], known[1], known[2]);
    return -1;
}

int
dg_as_measure(const char *name, dg_measure *measure)
{
    static const char *const known[] = {"difference", "ratio", "odds-ratio"};
    const int position = position_of(name, "measure", known, 3);
    *measure = (dg_measure)position;
    return position < 0 ? -1 : 0;
}

int
dg_as_alternative(const char *name, dg_alternative *alternative)
{
    static const char *const known[] = {"two-sided", "less", "greater"};
    const int position = position_of(name, "alternative", known, 3);
    *alternative = (dg_alternative)position;
    return position < 0 ? -1 : 0;
}

int
dg_check_level(double confidence_level)
{
    if (confidence_level > 0.0 && confidence_level < 1.0) {
        return 0;
    }
    PyErr_SetString(PyExc_ValueError, "confidence_level must lie between 0 and 1");
    return -1;
}

PyArrayObject *
dg_as_floats(PyObject *object, const char *name, npy_intp length)
{
    PyArrayObject *vector = (PyArrayObject *)PyArray_FROM_OTF(object, NPY_DOUBLE, NPY_ARRAY_IN_ARRAY);
    if (vector == NULL) {
        return NULL;
    }
    if (PyArray_NDIM(vector) != 1 || (length >= 0 && PyArray_DIM(vector, 0) != length)) {
        PyErr_Format(PyExc_ValueError, "%s must be a vector as long as the others", name);
        Py_DECREF(vector);
        return NULL;
    }
    return vector;
}

static int
read_vectors(comparison_call *call, char **names)
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

static void
release_vectors(comparison_call *call)
{
    for (int i = 0; i < N_VECTORS; i++) {
        Py_XDECREF((PyObject *)call->vectors[i]);
    }
}

static PyObject *
answer(const comparison_call *call)
{
    const npy_intp n = PyArray_DIM(call->vectors[0], 0), shape[2] = {N_VECTORS, n};
    PyObject *result = PyArray_SimpleNew(2, shape, NPY_DOUBLE);
    if (result == NULL) {
        return NULL;
    }
    double *out = PyArray_DATA((PyArrayObject *)result);
    const double *in[N_VECTORS];
    for (int i = 0; i < N_VECTORS; i++) {
        in[i] = PyArray_DATA(call->vectors[i]);
    }
    const dg_comparison_tables tables = {in[0], in[1], in[2], in[3], in[4], (size_t)n};
    const dg_comparison_columns answers = {out, out + n, out + 2 * n, out + 3 * n, out + 4 * n};
    dg_long_call running;
    const dg_stop stop = dg_begin_long_call(&running, call->flag);
    const dg_status status = dg_compare_tables(call->method, &call->question, &tables, &answers, &stop);
    dg_end_long_call(&running);
    if (status != DG_OK) {
        Py_DECREF(result);
        return dg_raise_status(status, "comparison failed");
    }
    return result;
}

static int
read_question(comparison_call *call, dg_find_method find, const char *measure, const char *method, double level,
              const char *alternative)
{
    dg_measure measured;
    dg_alternative sides;
    if (dg_as_measure(measure, &measured) < 0 || dg_as_alternative(alternative, &sides) < 0 || dg_check_level(level) < 0) {
        return -1;
    }
    call->method = find(measured, method);
    if (call->method == NULL) {
        PyErr_Format(PyExc_ValueError, "method: there is no '%s' for the measure '%s'", method, measure);
        return -1;
    }
    call->question = dg_ask(call->method->measure, sides, level);
    return 0;
}

PyObject *
dg_compare_vectors(PyObject *args, PyObject *kwargs, const char *format, char **names, dg_find_method find)
{
    comparison_call call = {0};
    PyObject **v = call.objects, *interrupt = Py_None;
    const char *measure, *method, *alternative;
    double level;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, format, names, &v[0], &v[1], &v[2], &v[3], &v[4], &measure, &method, &level,
                                     &alternative, &interrupt)) {
        return NULL;
    }
    PyObject *result = NULL;
    if (read_question(&call, find, measure, method, level, alternative) == 0 && dg_as_interrupt(interrupt, &call.flag) == 0 &&
        read_vectors(&call, names) == 0) {
        result = answer(&call);
    }
    release_vectors(&call);
    return result;
}
