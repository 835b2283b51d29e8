#include "binding/raise_status.h"

#include <stdarg.h>

static PyObject *
exception_of(dg_status status)
{
    switch (status) {
        case DG_CODE_OUT_OF_RANGE:
            return PyExc_IndexError;
        case DG_WEIGHT_NEGATIVE:
        case DG_WEIGHT_NAN:
        case DG_WEIGHT_INFINITE:
        case DG_COUNT_NEGATIVE:
        case DG_TOO_MANY_ANSWERS:
        case DG_CORRUPT:
            return PyExc_ValueError;
        case DG_WEIGHT_OUTSIDE_WINDOW:
        case DG_ANSWERS_CHANGED:
            return PyExc_RuntimeError;
        case DG_NO_MEMORY:
            return PyExc_MemoryError;
        case DG_STOPPED:
        case DG_OK:
            break;
    }
    return PyExc_SystemError;
}

PyObject *
dg_raise_status(dg_status status, const char *format, ...)
{
    if (status == DG_NO_MEMORY) {
        return PyErr_NoMemory();
    }
    if (status == DG_STOPPED) {
        return NULL;
    }
    va_list arguments;
    va_start(arguments, format);
    PyErr_FormatV(exception_of(status), format, arguments);
    va_end(arguments);
    return NULL;
}
