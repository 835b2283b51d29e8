#include "binding/comparison_argument.h"
#include "binding/methods.h"
#include "binding/raise_status.h"
#include "binding/stopping.h"
#include "kernels/inference/stratified_methods.h"

#define N_COUNTS 4
#define N_ANSWERS 7

typedef struct {
    PyObject *objects[N_COUNTS + 1];
    PyArrayObject *counts[N_COUNTS], *null; /* owned */
    const dg_stratified_method *method;
    dg_question question;
    const npy_uint8 *flag;
} stratified_call;

/* A C-contiguous float64 array of tables by strata, of the shape of `model` if there is one. */
static PyArrayObject *
as_tables(PyObject *object, const char *name, PyArrayObject *model)
{
    PyArrayObject *tables = (PyArrayObject *)PyArray_FROM_OTF(object, NPY_DOUBLE, NPY_ARRAY_IN_ARRAY);
    if (tables != NULL && (PyArray_NDIM(tables) != 2 || (model != NULL && !PyArray_SAMESHAPE(tables, model)))) {
        PyErr_Format(PyExc_ValueError, "%s must be an array of tables by strata, of the shape of the others", name);
        Py_CLEAR(tables);
    }
    return tables;
}

static int
read_tables(stratified_call *call, char **names)
{
    for (int i = 0; i < N_COUNTS; i++) {
        call->counts[i] = as_tables(call->objects[i], names[i], call->counts[0]);
        if (call->counts[i] == NULL) {
            return -1;
        }
    }
    call->null = dg_as_floats(call->objects[N_COUNTS], names[N_COUNTS], PyArray_DIM(call->counts[0], 0));
    return call->null == NULL ? -1 : 0;
}

static void
release_tables(stratified_call *call)
{
    for (int i = 0; i < N_COUNTS; i++) {
        Py_XDECREF((PyObject *)call->counts[i]);
    }
    Py_XDECREF((PyObject *)call->null);
}

static int
read_question(stratified_call *call, const char *measure, const char *method, double level, const char *alternative)
{
    dg_measure measured;
    dg_alternative sides;
    if (dg_as_measure(measure, &measured) < 0 || dg_as_alternative(alternative, &sides) < 0 || dg_check_level(level) < 0) {
        return -1;
    }
    call->method = dg_find_stratified_method(measured, method);
    if (call->method == NULL) {
        PyErr_Format(PyExc_ValueError, "method: there is no '%s' for the measure '%s'", method, measure);
        return -1;
    }
    call->question = dg_ask(measured, sides, level);
    return 0;
}

static dg_status
compare(const stratified_call *call, double *out, npy_intp n)
{
    const dg_strata strata = {PyArray_DATA(call->counts[0]), PyArray_DATA(call->counts[1]), PyArray_DATA(call->counts[2]),
                              PyArray_DATA(call->counts[3]), (size_t)PyArray_DIM(call->counts[0], 1)};
    const dg_stratified_tables tables = {strata, PyArray_DATA(call->null), (size_t)n};
    const dg_stratified_columns answers = {{out, out + n, out + 2 * n, out + 3 * n, out + 4 * n}, out + 5 * n, out + 6 * n};
    dg_long_call running;
    const dg_stop stop = dg_begin_long_call(&running, call->flag);
    const dg_status status = dg_compare_stratified(call->method, &call->question, &tables, &answers, &stop);
    dg_end_long_call(&running);
    return status;
}

static PyObject *
answer(const stratified_call *call)
{
    const npy_intp n = PyArray_DIM(call->counts[0], 0), shape[2] = {N_ANSWERS, n};
    PyObject *result = PyArray_SimpleNew(2, shape, NPY_DOUBLE);
    if (result == NULL) {
        return NULL;
    }
    const dg_status status = compare(call, PyArray_DATA((PyArrayObject *)result), n);
    if (status != DG_OK) {
        Py_DECREF(result);
        return dg_raise_status(status, "comparison failed");
    }
    return result;
}

PyObject *
dg_py_compare_stratified(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"count1", "nobs1",  "count2",           "nobs2",       "null",
                            "measure", "method", "confidence_level", "alternative", "interrupt", NULL};
    stratified_call call = {0};
    PyObject **v = call.objects, *interrupt = Py_None;
    const char *measure, *method, *alternative;
    double level;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "OOOOOssds|O:compare_stratified", names, &v[0], &v[1], &v[2], &v[3], &v[4],
                                     &measure, &method, &level, &alternative, &interrupt)) {
        return NULL;
    }
    PyObject *result = NULL;
    if (read_question(&call, measure, method, level, alternative) == 0 && dg_as_interrupt(interrupt, &call.flag) == 0 &&
        read_tables(&call, names) == 0) {
        result = answer(&call);
    }
    release_tables(&call);
    return result;
}
