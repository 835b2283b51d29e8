#include "binding/array_argument.h"
#include "binding/column_argument.h"
#include "binding/methods.h"
#include "binding/raise_status.h"
#include "binding/weight_argument.h"
#include "binding/stopping.h"
#include "kernels/counting/weight_window.h"

/* Raises the ValueError of a weight that is refused. */
static void
raise_bad_weight(dg_status status, PyObject *name, double weight, Py_ssize_t row)
{
    const char *what = status == DG_WEIGHT_NEGATIVE ? "negative" : status == DG_WEIGHT_NAN ? "not a number" : "infinite";
    PyObject *value = PyFloat_FromDouble(weight);
    if (value != NULL) {
        dg_raise_status(status, "weight %R: %R at row %zd is %s", name, value, row, what);
        Py_DECREF(value);
    }
}

static int
scan_slices(PyArrayObject *array, PyObject *name, Py_ssize_t first_row, const npy_uint8 *flag, dg_weight_window *window)
{
    const dg_strided_values weights = dg_strided_from(array);
    const npy_intp n = PyArray_DIM(array, 0);
    for (npy_intp start = 0; start < n; start += DG_SLICE_ROWS) {
        const size_t rows = (size_t)(n - start < DG_SLICE_ROWS ? n - start : DG_SLICE_ROWS);
        size_t bad_row = 0;
        double bad_weight = 0;
        dg_status status;
        if (dg_check_interrupt(flag) < 0) {
            return -1;
        }
        DG_BEGIN_LONG(n)
        status = dg_widen_window(&weights, dg_best_loops(), (size_t)start, rows, window, &bad_row, &bad_weight);
        DG_END_LONG
        if (status != DG_OK) {
            raise_bad_weight(status, name, bad_weight, first_row + (Py_ssize_t)bad_row);
            return -1;
        }
    }
    return 0;
}

static PyObject *
window_or_none(dg_weight_window window)
{
    return window.low > window.high ? Py_NewRef(Py_None) : Py_BuildValue("ii", window.low, window.high);
}

PyObject *
dg_py_weight_exponents(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"weight", "name", "first_row", "interrupt", NULL};
    PyObject *weight, *name, *interrupt = Py_None;
    Py_ssize_t first_row = 0;
    const npy_uint8 *flag;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "OU|nO:weight_exponents", names, &weight, &name, &first_row,
                                     &interrupt)) {
        return NULL;
    }
    PyArrayObject *array = dg_as_weight(weight, name);
    if (array == NULL || dg_as_interrupt(interrupt, &flag) < 0) {
        return NULL;
    }
    dg_weight_window window = DG_EMPTY_WINDOW;
    return scan_slices(array, name, first_row, flag, &window) < 0 ? NULL : window_or_none(window);
}
