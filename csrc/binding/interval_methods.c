#include "binding/comparison_argument.h"
#include "binding/methods.h"
#include "binding/raise_status.h"
#include "binding/stopping.h"
#include "kernels/inference/proportion_interval.h"
#include "kernels/inference/rate_interval.h"

typedef dg_interval (*find_interval)(const char *name);

/* `f(count, size, method, confidence_level, interrupt=None)`; the vectors are owned. */
typedef struct {
    PyArrayObject *count, *size;
    dg_interval interval;
    dg_confidence confidence;
    const npy_uint8 *flag;
} interval_call;

static PyObject *
answer(const interval_call *call)
{
    const npy_intp n = PyArray_DIM(call->count, 0), shape[2] = {2, n};
    PyObject *result = PyArray_SimpleNew(2, shape, NPY_DOUBLE);
    if (result == NULL) {
        return NULL;
    }
    double *out = PyArray_DATA((PyArrayObject *)result);
    const dg_samples samples = {PyArray_DATA(call->count), PyArray_DATA(call->size), (size_t)n};
    const dg_limit_columns limits = {out, out + n};
    dg_long_call running;
    const dg_stop stop = dg_begin_long_call(&running, call->flag);
    const dg_status status = dg_intervals(call->interval, &call->confidence, &samples, &limits, &stop);
    dg_end_long_call(&running);
    if (status != DG_OK) {
        Py_DECREF(result);
        return dg_raise_status(status, "intervals failed");
    }
    return result;
}

static int
read_method(interval_call *call, find_interval find, const char *method, double level)
{
    if (dg_check_level(level) < 0) {
        return -1;
    }
    call->interval = find(method);
    if (call->interval == NULL) {
        PyErr_Format(PyExc_ValueError, "method: there is no '%s'", method);
        return -1;
    }
    call->confidence = dg_confidence_of(level);
    return 0;
}

static int
read_vectors(interval_call *call, PyObject *count, PyObject *size, char **names)
{
    call->count = dg_as_floats(count, names[0], -1);
    if (call->count == NULL) {
        return -1;
    }
    call->size = dg_as_floats(size, names[1], PyArray_DIM(call->count, 0));
    return call->size == NULL ? -1 : 0;
}

static PyObject *
intervals(PyObject *args, PyObject *kwargs, const char *format, char **names, find_interval find)
{
    interval_call call = {0};
    PyObject *count, *size, *interrupt = Py_None, *result = NULL;
    const char *method;
    double level;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, format, names, &count, &size, &method, &level, &interrupt)) {
        return NULL;
    }
    if (read_method(&call, find, method, level) == 0 && dg_as_interrupt(interrupt, &call.flag) == 0 &&
        read_vectors(&call, count, size, names) == 0) {
        result = answer(&call);
    }
    Py_XDECREF((PyObject *)call.count);
    Py_XDECREF((PyObject *)call.size);
    return result;
}

PyObject *
dg_py_proportion_interval(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"count", "nobs", "method", "confidence_level", "interrupt", NULL};
    return intervals(args, kwargs, "OOsd|O:proportion_interval", names, dg_find_proportion_interval);
}

PyObject *
dg_py_rate_interval(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"count", "exposure", "method", "confidence_level", "interrupt", NULL};
    return intervals(args, kwargs, "OOsd|O:rate_interval", names, dg_find_rate_interval);
}
