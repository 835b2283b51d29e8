#include "binding/stopping.h"

#include "binding/array_argument.h"

int
dg_as_interrupt(PyObject *object, const npy_uint8 **flag)
{
    *flag = NULL;
    if (object == NULL || object == Py_None) {
        return 0;
    }
    PyArrayObject *array = dg_as_vector(object, "interrupt");
    if (array == NULL) {
        return -1;
    }
    if (PyArray_TYPE(array) != NPY_UINT8 || PyArray_SIZE(array) != 1) {
        PyErr_SetString(PyExc_ValueError, "interrupt must be None or a uint8 array of length 1");
        return -1;
    }
    *flag = PyArray_DATA(array);
    return 0;
}

int
dg_check_interrupt(const npy_uint8 *flag)
{
    if (PyErr_CheckSignals() < 0) {
        return -1;
    }
    if (flag != NULL && *(const volatile npy_uint8 *)flag != 0) {
        PyErr_SetString(PyExc_InterruptedError, "stopped by another thread");
        return -1;
    }
    return 0;
}

static const long LOOK_EVERY_NANOSECONDS = 10000000;

static void
look_again_later(dg_long_call *call)
{
    clock_gettime(CLOCK_MONOTONIC, &call->next);
    call->next.tv_nsec += LOOK_EVERY_NANOSECONDS;
    if (call->next.tv_nsec >= 1000000000) {
        call->next.tv_nsec -= 1000000000;
        call->next.tv_sec++;
    }
}

static bool
is_time_to_look(const dg_long_call *call)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec > call->next.tv_sec || (now.tv_sec == call->next.tv_sec && now.tv_nsec >= call->next.tv_nsec);
}

static bool
must_stop(void *context)
{
    dg_long_call *call = context;
    if (!is_time_to_look(call)) {
        return false;
    }
    look_again_later(call);
    PyEval_RestoreThread(call->thread);
    const bool stop = dg_check_interrupt(call->flag) < 0;
    call->thread = PyEval_SaveThread();
    return stop;
}

dg_stop
dg_begin_long_call(dg_long_call *call, const npy_uint8 *flag)
{
    call->flag = flag;
    look_again_later(call);
    call->thread = PyEval_SaveThread();
    return (dg_stop){must_stop, call};
}

void
dg_end_long_call(dg_long_call *call)
{
    PyEval_RestoreThread(call->thread);
}
