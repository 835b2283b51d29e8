#include "binding/comparison_argument.h"

#include "binding/raise_status.h"
#include "binding/stopping.h"

#include <string.h>

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
read_vectors(dg_comparison_call *call, PyObject *const *objects, char **names)
{
    npy_intp length = -1;
    for (int i = 0; i < DG_COMPARISON_VECTORS; i++) {
        call->vectors[i] = dg_as_floats(objects[i], names[i], length);
        if (call->vectors[i] == NULL) {
            return -1;
        }
        length = PyArray_DIM(call->vectors[i], 0);
    }
    return 0;
}

int
dg_read_comparison(dg_comparison_call *call, PyObject *args, PyObject *kwargs, const char *format, char **names)
{
    PyObject *v[DG_COMPARISON_VECTORS], *interrupt = Py_None;
    const char *alternative;
    *call = (dg_comparison_call){0};
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, format, names, &v[0], &v[1], &v[2], &v[3], &v[4], &call->measure_name,
                                     &call->method_name, &call->confidence_level, &alternative, &interrupt) ||
        dg_as_measure(call->measure_name, &call->measure) < 0 || dg_as_alternative(alternative, &call->alternative) < 0 ||
        dg_check_level(call->confidence_level) < 0 || dg_as_interrupt(interrupt, &call->flag) < 0) {
        return -1;
    }
    if (read_vectors(call, v, names) < 0) {
        dg_release_comparison(call);
        return -1;
    }
    return 0;
}

void
dg_release_comparison(dg_comparison_call *call)
{
    for (int i = 0; i < DG_COMPARISON_VECTORS; i++) {
        Py_CLEAR(call->vectors[i]);
    }
}

static dg_status
run(const dg_comparison_call *call, dg_compare_columns compare, const void *method, dg_question question, double *out)
{
    const size_t n = (size_t)PyArray_DIM(call->vectors[0], 0);
    const double *in[DG_COMPARISON_VECTORS];
    for (int i = 0; i < DG_COMPARISON_VECTORS; i++) {
        in[i] = PyArray_DATA(call->vectors[i]);
    }
    const dg_comparison_columns answers = {out, out + n, out + 2 * n, out + 3 * n, out + 4 * n};
    dg_long_call running;
    const dg_stop stop = dg_begin_long_call(&running, call->flag);
    const dg_status status = compare(method, &question, in, n, &answers, &stop);
    dg_end_long_call(&running);
    return status;
}

PyObject *
dg_answer_comparison(const dg_comparison_call *call, dg_compare_columns compare, const void *method, dg_measure measure)
{
    const npy_intp shape[2] = {5, PyArray_DIM(call->vectors[0], 0)};
    PyObject *result = PyArray_SimpleNew(2, shape, NPY_DOUBLE);
    if (result == NULL) {
        return NULL;
    }
    const dg_question question = dg_ask(measure, call->alternative, call->confidence_level);
    const dg_status status = run(call, compare, method, question, PyArray_DATA((PyArrayObject *)result));
    if (status != DG_OK) {
        Py_DECREF(result);
        return dg_raise_status(status, "comparison failed");
    }
    return result;
}

PyObject *
dg_raise_no_method(const dg_comparison_call *call)
{
    return PyErr_Format(PyExc_ValueError, "method: there is no '%s' for the measure '%s'", call->method_name,
                        call->measure_name);
}

static dg_status
compare_two_samples(const void *method, const dg_question *question, const double *const *in, size_t n,
                    const dg_comparison_columns *answers, const dg_stop *stop)
{
    const dg_comparison_tables tables = {in[0], in[1], in[2], in[3], in[4], n};
    return dg_compare_tables(method, question, &tables, answers, stop);
}

PyObject *
dg_compare_vectors(PyObject *args, PyObject *kwargs, const char *format, char **names, dg_find_method find)
{
    dg_comparison_call call;
    if (dg_read_comparison(&call, args, kwargs, format, names) < 0) {
        return NULL;
    }
    const dg_comparison_method *method = find(call.measure, call.method_name);
    PyObject *result = method == NULL ? dg_raise_no_method(&call)
                                      : dg_answer_comparison(&call, compare_two_samples, method, method->measure);
    dg_release_comparison(&call);
    return result;
}
