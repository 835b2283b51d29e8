#include "binding/array_argument.h"
#include "binding/column_argument.h"
#include "binding/cpu_argument.h"
#include "binding/methods.h"
#include "binding/raise_status.h"
#include "binding/weight_argument.h"
#include "binding/stopping.h"
#include "kernels/counting/exact_sums.h"

/* The arguments of one call, checked. */
typedef struct {
    dg_columns columns;
    PyObject *name;
    PyArrayObject *weight;
    PyArrayObject *counts;
    PyArrayObject *sums;
    PyArrayObject *squares;
    int low;
    const dg_loops *loops;
    Py_ssize_t first_row;
    const npy_uint8 *flag;
} weighted_call;

static void
raise_bad_row(const weighted_call *call, dg_status status, const dg_bad_row *bad)
{
    if (status == DG_CODE_OUT_OF_RANGE) {
        dg_raise_bad_code(&call->columns, &bad->code, call->first_row);
    }
    else {
        dg_raise_status(status, "weight %R: the weight at row %zd is outside the window of the weights", call->name,
                        call->first_row + (Py_ssize_t)bad->weight_row);
    }
}

static int
sum_slices(dg_exact_counter *counter, const weighted_call *call)
{
    const dg_strided_values weights = dg_strided_from(call->weight);
    const dg_columns *columns = &call->columns;
    for (npy_intp start = 0; start < columns->n_rows; start += DG_SLICE_ROWS) {
        const npy_intp left = columns->n_rows - start;
        const size_t rows = (size_t)(left < DG_SLICE_ROWS ? left : DG_SLICE_ROWS);
        dg_bad_row bad;
        dg_status status;
        if (dg_check_interrupt(call->flag) < 0) {
            return -1;
        }
        DG_BEGIN_LONG(columns->n_rows)
        status = dg_sum_rows(counter, columns->columns, columns->n_columns, &weights, (size_t)start, rows, &bad);
        DG_END_LONG
        if (status != DG_OK) {
            raise_bad_row(call, status, &bad);
            return -1;
        }
    }
    return 0;
}

static int
add_results(dg_exact_counter *counter, const weighted_call *call)
{
    const dg_status status = dg_add_exact(counter, PyArray_DATA(call->counts), PyArray_DATA(call->sums),
                                          PyArray_DATA(call->squares));
    if (status == DG_CORRUPT) {
        dg_raise_status(status, "sums and squares must hold digits below 2**32");
    }
    else if (status != DG_OK) {
        dg_raise_status(status, "weight %R: the sums need more digits than sums and squares have", call->name);
    }
    return status == DG_OK ? 0 : -1;
}

/* Sums into scratch, then adds: the caller's arrays change only when every row was good. */
static int
sum_columns(const weighted_call *call)
{
    const size_t sum_digits = (size_t)PyArray_DIM(call->sums, 1), square_digits = (size_t)PyArray_DIM(call->squares, 1);
    const size_t n_cells = call->columns.n_cells;
    size_t bytes;
    void *scratch = dg_exact_bytes(n_cells, sum_digits, square_digits, &bytes) ? PyMem_RawCalloc(1, bytes) : NULL;
    if (scratch == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    dg_exact_counter counter;
    dg_exact_start(&counter, n_cells, call->loops, call->low, sum_digits, square_digits, scratch);
    int failed = sum_slices(&counter, call) < 0 || add_results(&counter, call) < 0;
    PyMem_RawFree(scratch);
    return failed ? -1 : 0;
}

/* One of the two arrays of long numbers: a row of digits per cell. */
static PyArrayObject *
as_digits(PyObject *object, const char *name, size_t n_cells)
{
    const bool has_digits = PyArray_Check(object) && PyArray_NDIM((PyArrayObject *)object) == 2;
    const npy_intp n_digits = has_digits ? PyArray_DIM((PyArrayObject *)object, 1) : 1;
    const npy_intp shape[2] = {(npy_intp)n_cells, n_digits};
    return dg_as_output(object, name, NPY_UINT64, 2, shape);
}

static int
check_outputs(weighted_call *call, PyObject *counts, PyObject *sums, PyObject *squares)
{
    const npy_intp shape[1] = {(npy_intp)call->columns.n_cells};
    call->counts = dg_as_output(counts, "counts", NPY_INT64, 1, shape);
    call->sums = call->counts == NULL ? NULL : as_digits(sums, "sums", call->columns.n_cells);
    call->squares = call->sums == NULL ? NULL : as_digits(squares, "squares", call->columns.n_cells);
    return call->squares == NULL ? -1 : 0;
}

static int
refuse_overlaps(const weighted_call *call)
{
    PyArrayObject *outputs[3] = {call->counts, call->sums, call->squares};
    static const char *const names[3] = {"counts", "sums", "squares"};
    for (int i = 0; i < 3; i++) {
        if (dg_refuse_overlap(&call->columns, outputs[i], names[i]) < 0) {
            return -1;
        }
        if (dg_overlap(outputs[i], call->weight)) {
            PyErr_Format(PyExc_ValueError, "%s shares memory with weight %R", names[i], call->name);
            return -1;
        }
        if (dg_overlap(outputs[i], outputs[(i + 1) % 3])) {
            PyErr_Format(PyExc_ValueError, "%s and %s share memory", names[i], names[(i + 1) % 3]);
            return -1;
        }
    }
    return 0;
}

static int
check_weight(weighted_call *call, PyObject *weight)
{
    call->weight = dg_as_weight(weight, call->name);
    if (call->weight == NULL) {
        return -1;
    }
    if (PyArray_DIM(call->weight, 0) != call->columns.n_rows) {
        PyErr_Format(PyExc_ValueError, "column %R has %zd rows but weight %R has %zd", call->columns.sources[0].name,
                     call->columns.n_rows, call->name, PyArray_DIM(call->weight, 0));
        return -1;
    }
    if (call->low < DG_LOWEST_LOW || call->low > DG_HIGHEST_LOW) {
        PyErr_Format(PyExc_ValueError, "low must lie from %d to %d, not %d", DG_LOWEST_LOW, DG_HIGHEST_LOW, call->low);
        return -1;
    }
    return 0;
}

PyObject *
dg_py_count_weighted(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"columns", "counts",  "weight",    "name",      "low",
                            "sums",    "squares", "first_row", "interrupt", "cpu", NULL};
    PyObject *sequence, *counts, *weight, *sums, *squares, *interrupt = Py_None, *cpu = Py_None;
    weighted_call call = {0};
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "OOOUiOO|nOO:count_weighted", names, &sequence, &counts, &weight,
                                     &call.name, &call.low, &sums, &squares, &call.first_row, &interrupt,
                                     &cpu)) {
        return NULL;
    }
    call.loops = dg_as_loops(cpu);
    int failed = call.loops == NULL || dg_acquire_columns(sequence, &call.columns) < 0 || check_weight(&call, weight) < 0 ||
                 check_outputs(&call, counts, sums, squares) < 0 || refuse_overlaps(&call) < 0 ||
                 dg_as_interrupt(interrupt, &call.flag) < 0 || sum_columns(&call) < 0;
    dg_release_columns(&call.columns);
    return failed ? NULL : Py_NewRef(Py_None);
}
