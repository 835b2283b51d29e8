#include "binding/array_argument.h"
#include "binding/column_argument.h"
#include "binding/methods.h"
#include "binding/stopping.h"
#include "kernels/counting/code_range.h"

static int
scan_slices(PyArrayObject *array, bool is_signed, const npy_uint8 *flag, dg_code_range *range)
{
    const dg_strided_values values = dg_strided_from(array);
    const npy_intp n = PyArray_DIM(array, 0);
    for (npy_intp start = 0; start < n; start += DG_SLICE_ROWS) {
        const size_t rows = (size_t)(n - start < DG_SLICE_ROWS ? n - start : DG_SLICE_ROWS);
        if (dg_check_interrupt(flag) < 0) {
            return -1;
        }
        DG_BEGIN_LONG(n)
        dg_widen_range(&values, is_signed, (size_t)start, rows, range);
        DG_END_LONG
    }
    return 0;
}

/* A signed value back from its place in the order of its type; unsigned numbers wrap where signed ones must not. */
static long long
signed_value(uint64_t ordered, int width)
{
    return (long long)(ordered - (UINT64_C(1) << (8 * width - 1)));
}

static PyObject *
range_or_none(dg_code_range range, bool is_signed, int width)
{
    if (range.low > range.high) {
        return Py_NewRef(Py_None);
    }
    if (is_signed) {
        return Py_BuildValue("LL", signed_value(range.low, width), signed_value(range.high, width));
    }
    return Py_BuildValue("KK", (unsigned long long)range.low, (unsigned long long)range.high);
}

PyObject *
dg_py_integer_range(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"codes", "interrupt", NULL};
    PyObject *codes, *interrupt = Py_None;
    const npy_uint8 *flag;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O|O:integer_range", names, &codes, &interrupt)) {
        return NULL;
    }
    PyArrayObject *array = dg_as_vector(codes, "codes");
    if (array == NULL || dg_as_interrupt(interrupt, &flag) < 0) {
        return NULL;
    }
    if (!dg_holds_codes(array)) {
        return PyErr_Format(PyExc_TypeError, "codes must be integers or bools, not %S", PyArray_DESCR(array));
    }
    const bool is_signed = PyTypeNum_ISSIGNED(PyArray_TYPE(array));
    dg_code_range range = DG_EMPTY_RANGE;
    if (scan_slices(array, is_signed, flag, &range) < 0) {
        return NULL;
    }
    return range_or_none(range, is_signed, (int)PyArray_ITEMSIZE(array));
}
