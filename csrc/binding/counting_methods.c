#include "binding/array_argument.h"
#include "binding/column_argument.h"
#include "binding/cpu_argument.h"
#include "binding/methods.h"
#include "binding/stopping.h"
#include "kernels/counting/cell_counts.h"

static int
count_slices(dg_cell_counter *counter, const dg_columns *columns, Py_ssize_t first_row, const npy_uint8 *flag)
{
    for (npy_intp start = 0; start < columns->n_rows; start += DG_SLICE_ROWS) {
        const npy_intp left = columns->n_rows - start;
        const size_t rows = (size_t)(left < DG_SLICE_ROWS ? left : DG_SLICE_ROWS);
        dg_bad_code bad;
        dg_status status;
        if (dg_check_interrupt(flag) < 0) {
            return -1;
        }
        DG_BEGIN_LONG(columns->n_rows)
        status = dg_count_rows(counter, columns->columns, columns->n_columns, (size_t)start, rows, &bad);
        DG_END_LONG
        if (status != DG_OK) {
            dg_raise_bad_code(columns, &bad, first_row);
            return -1;
        }
    }
    return 0;
}

/* Counts into scratch, then adds: the caller's counts change only when every row was good. */
static int
count_columns(const dg_columns *columns, const dg_loops *loops, int64_t *counts, Py_ssize_t first_row,
              const npy_uint8 *flag)
{
    size_t bytes;
    void *scratch = dg_counter_bytes(columns->n_cells, &bytes) ? PyMem_RawCalloc(1, bytes) : NULL;
    if (scratch == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    dg_cell_counter counter;
    dg_counter_start(&counter, columns->n_cells, loops, scratch);
    int failed = count_slices(&counter, columns, first_row, flag);
    if (!failed) {
        dg_add_counts(&counter, counts);
    }
    PyMem_RawFree(scratch);
    return failed;
}

static int
count_checked(const dg_columns *columns, PyObject *counts, Py_ssize_t first_row, PyObject *interrupt, PyObject *cpu)
{
    const npy_intp shape[1] = {(npy_intp)columns->n_cells};
    const npy_uint8 *flag;
    const dg_loops *loops = dg_as_loops(cpu);
    PyArrayObject *output = loops == NULL ? NULL : dg_as_output(counts, "counts", NPY_INT64, 1, shape);
    if (output == NULL || dg_refuse_overlap(columns, output, "counts") < 0 || dg_as_interrupt(interrupt, &flag) < 0) {
        return -1;
    }
    return count_columns(columns, loops, PyArray_DATA(output), first_row, flag);
}

PyObject *
dg_py_count(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"columns", "counts", "first_row", "interrupt", "cpu", NULL};
    PyObject *sequence, *counts, *interrupt = Py_None, *cpu = Py_None;
    Py_ssize_t first_row = 0;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "OO|nOO:count", names, &sequence, &counts, &first_row, &interrupt,
                                     &cpu)) {
        return NULL;
    }
    dg_columns columns;
    int failed = dg_acquire_columns(sequence, &columns);
    if (!failed) {
        failed = count_checked(&columns, counts, first_row, interrupt, cpu);
    }
    dg_release_columns(&columns);
    return failed ? NULL : Py_NewRef(Py_None);
}
