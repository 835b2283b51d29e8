/* A sequence of CodedColumn as the kernels want it: checked, with a reference to every array held until released. */
#ifndef DG_COLUMN_ARGUMENT_H
#define DG_COLUMN_ARGUMENT_H

#include "binding/numpy_api.h"
#include "kernels/counting/cell_numbers.h"

typedef struct {
    PyObject *name;
    PyArrayObject *codes;
    PyArrayObject *valid; /* or NULL */
    dg_int128 base;
} dg_column_source;

typedef struct {
    size_t n_columns;
    size_t n_cells;
    npy_intp n_rows;
    dg_code_column *columns;
    dg_column_source *sources;
} dg_columns;

/* 0, or -1 with an exception set that names the column. dg_release_columns is due in both cases. */
int dg_acquire_columns(PyObject *sequence, dg_columns *columns);
void dg_release_columns(dg_columns *columns);

/* -1 with ValueError set when `output` can share memory with any column. */
int dg_refuse_overlap(const dg_columns *columns, PyArrayObject *output, const char *name);

/* Raises the IndexError of a code out of range; first_row is the number of row 0 of these columns. */
void dg_raise_bad_code(const dg_columns *columns, const dg_bad_code *bad, Py_ssize_t first_row);

/* Fills data, stride, width and byte order from a one-dimensional array of numbers. */
dg_strided_values dg_strided_from(PyArrayObject *array);

/* Whether the array holds bools or integers of any width: what can be a code. */
int dg_holds_codes(PyArrayObject *array);

#endif
