#include "binding/column_argument.h"

#include "binding/array_argument.h"
#include "binding/raise_status.h"
#include "kernels/checked_size.h"

dg_strided_values
dg_strided_from(PyArrayObject *array)
{
    return (dg_strided_values){
            .data = PyArray_DATA(array),
            .stride = PyArray_STRIDE(array, 0),
            .width = (uint8_t)PyArray_ITEMSIZE(array),
            .swapped = !PyArray_ISNBO(PyArray_DESCR(array)->byteorder),
    };
}

int
dg_holds_codes(PyArrayObject *array)
{
    return PyTypeNum_ISINTEGER(PyArray_TYPE(array)) || PyTypeNum_ISBOOL(PyArray_TYPE(array));
}

/* An attribute as a whole number from lowest to highest; -1 with an exception naming the column otherwise. */
static int
read_size(PyObject *column, PyObject *name, const char *attribute, npy_intp lowest, npy_intp *size)
{
    PyObject *value = PyObject_GetAttrString(column, attribute);
    if (value == NULL) {
        return -1;
    }
    *size = PyNumber_AsSsize_t(value, PyExc_OverflowError);
    Py_DECREF(value);
    if (*size == -1 && PyErr_Occurred()) {
        return -1;
    }
    if (*size < lowest) {
        PyErr_Format(PyExc_ValueError, "column %R: %s must be at least %zd, not %zd", name, attribute, lowest, *size);
        return -1;
    }
    return 0;
}

/* floor(value / 2**32) and the rest put together: Python has no conversion to 128 bits. */
static int
int128_from(PyObject *value, dg_int128 *result)
{
    PyObject *bits = PyLong_FromLong(32);
    PyObject *high = bits == NULL ? NULL : PyNumber_Rshift(value, bits);
    Py_XDECREF(bits);
    if (high == NULL) {
        return -1;
    }
    long long upper = PyLong_AsLongLong(high);
    Py_DECREF(high);
    if (upper == -1 && PyErr_Occurred()) {
        return -1;
    }
    uint64_t lower = PyLong_AsUnsignedLongLongMask(value) & UINT32_MAX;
    *result = (dg_int128)upper * ((dg_int128)1 << 32) + (dg_int128)lower;
    return 0;
}

static int
read_base(PyObject *column, dg_int128 *base)
{
    PyObject *value = PyObject_GetAttrString(column, "base");
    PyObject *whole = value == NULL ? NULL : PyNumber_Index(value);
    Py_XDECREF(value);
    if (whole == NULL) {
        return -1;
    }
    int failed = int128_from(whole, base);
    Py_DECREF(whole);
    return failed;
}

/* An array attribute, as a new reference. */
static PyArrayObject *
read_vector(PyObject *column, PyObject *name, const char *attribute)
{
    PyObject *value = PyObject_GetAttrString(column, attribute);
    if (value == NULL) {
        return NULL;
    }
    if (!PyArray_Check(value)) {
        PyErr_Format(PyExc_TypeError, "column %R: %s must be a NumPy array, not %.100s", name, attribute,
                     Py_TYPE(value)->tp_name);
        Py_DECREF(value);
        return NULL;
    }
    if (PyArray_NDIM((PyArrayObject *)value) != 1) {
        PyErr_Format(PyExc_ValueError, "column %R: %s must have one dimension, not %d", name, attribute,
                     PyArray_NDIM((PyArrayObject *)value));
        Py_DECREF(value);
        return NULL;
    }
    return (PyArrayObject *)value;
}

static int
check_bitmap(PyArrayObject *bitmap, PyObject *name, const char *attribute, npy_intp offset, npy_intp n_rows)
{
    if (PyArray_TYPE(bitmap) != NPY_UINT8 || !PyArray_IS_C_CONTIGUOUS(bitmap)) {
        PyErr_Format(PyExc_TypeError, "column %R: %s must be a contiguous array of uint8, not %R", name, attribute,
                     PyArray_DESCR(bitmap));
        return -1;
    }
    npy_intp bytes = PyArray_DIM(bitmap, 0);
    if (offset / 8 > bytes || n_rows > bytes * 8 - offset) {
        PyErr_Format(PyExc_ValueError, "column %R: %s has %zd bits from bit %zd, fewer than the %zd rows", name, attribute,
                     bytes * 8 - offset > 0 ? bytes * 8 - offset : 0, offset, n_rows);
        return -1;
    }
    return 0;
}

/* Codes that are the bits of a bitmap: Arrow's booleans. */
static int
read_packed(PyObject *column, dg_column_source *source, dg_code_column *result, npy_intp bit_offset, npy_intp *n_rows)
{
    if (read_size(column, source->name, "n_rows", 0, n_rows) < 0 ||
        check_bitmap(source->codes, source->name, "codes", bit_offset, *n_rows) < 0) {
        return -1;
    }
    result->is_packed = true;
    result->bit_offset = (size_t)bit_offset;
    return 0;
}

static int
read_codes(PyObject *column, dg_column_source *source, dg_code_column *result, npy_intp *n_rows)
{
    npy_intp bit_offset;
    source->codes = read_vector(column, source->name, "codes");
    if (source->codes == NULL || read_size(column, source->name, "bit_offset", -1, &bit_offset) < 0) {
        return -1;
    }
    if (!dg_holds_codes(source->codes)) {
        PyErr_Format(PyExc_TypeError, "column %R: codes must be integers or bools, not %S", source->name,
                     PyArray_DESCR(source->codes));
        return -1;
    }
    result->codes = dg_strided_from(source->codes);
    result->is_signed = PyTypeNum_ISSIGNED(PyArray_TYPE(source->codes));
    *n_rows = PyArray_DIM(source->codes, 0);
    return bit_offset < 0 ? 0 : read_packed(column, source, result, bit_offset, n_rows);
}

static int
read_valid(PyObject *column, dg_column_source *source, dg_code_column *result, npy_intp n_rows)
{
    PyObject *valid = PyObject_GetAttrString(column, "valid");
    if (valid == NULL) {
        return -1;
    }
    Py_DECREF(valid); /* the column still holds it */
    if (valid == Py_None) {
        return 0;
    }
    npy_intp offset;
    source->valid = read_vector(column, source->name, "valid");
    if (source->valid == NULL || read_size(column, source->name, "valid_offset", 0, &offset) < 0 ||
        check_bitmap(source->valid, source->name, "valid", offset, n_rows) < 0) {
        return -1;
    }
    result->valid = PyArray_DATA(source->valid);
    result->valid_offset = (size_t)offset;
    return 0;
}

static int
read_column(PyObject *column, dg_column_source *source, dg_code_column *result, npy_intp *n_rows)
{
    npy_intp n_levels;
    source->name = PyObject_GetAttrString(column, "name");
    if (source->name == NULL || read_codes(column, source, result, n_rows) < 0 ||
        read_valid(column, source, result, *n_rows) < 0 ||
        read_size(column, source->name, "n_levels", 0, &n_levels) < 0 || read_base(column, &source->base) < 0) {
        return -1;
    }
    dg_set_levels(result, source->base, (uint64_t)n_levels);
    return 0;
}

static int
check_lengths(const dg_columns *columns, size_t j, npy_intp n_rows)
{
    if (n_rows != columns->n_rows) {
        PyErr_Format(PyExc_ValueError, "column %R has %zd rows but column %R has %zd", columns->sources[0].name,
                     columns->n_rows, columns->sources[j].name, n_rows);
        return -1;
    }
    return 0;
}

/* The number of cells, which no factor of 0 may hide the size of: a product that overflows is refused. */
static int
multiply_levels(dg_columns *columns)
{
    size_t n_cells = 1;
    for (size_t j = 0; j < columns->n_columns; j++) {
        if (!dg_checked_multiply(n_cells, columns->columns[j].range.n_levels, &n_cells) || n_cells > DG_MOST_CELLS) {
            PyErr_SetString(PyExc_ValueError, "the columns crossed make more than 2**32 cells");
            return -1;
        }
    }
    columns->n_cells = n_cells;
    return 0;
}

static int
allocate_columns(dg_columns *columns, size_t n)
{
    columns->columns = PyMem_Calloc(n, sizeof(dg_code_column));
    columns->sources = PyMem_Calloc(n, sizeof(dg_column_source));
    if (columns->columns == NULL || columns->sources == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    columns->n_columns = n;
    return 0;
}

static int
read_columns(PyObject *tuple, dg_columns *columns)
{
    if (PyTuple_GET_SIZE(tuple) == 0) {
        PyErr_SetString(PyExc_ValueError, "columns must name at least one column");
        return -1;
    }
    if (allocate_columns(columns, (size_t)PyTuple_GET_SIZE(tuple)) < 0) {
        return -1;
    }
    for (size_t j = 0; j < columns->n_columns; j++) {
        npy_intp n_rows;
        PyObject *column = PyTuple_GET_ITEM(tuple, (Py_ssize_t)j);
        if (read_column(column, &columns->sources[j], &columns->columns[j], &n_rows) < 0) {
            return -1;
        }
        if (j == 0) {
            columns->n_rows = n_rows;
        }
        if (check_lengths(columns, j, n_rows) < 0) {
            return -1;
        }
    }
    return multiply_levels(columns);
}

int
dg_acquire_columns(PyObject *sequence, dg_columns *columns)
{
    *columns = (dg_columns){0};
    PyObject *tuple = PySequence_Tuple(sequence); /* a copy: reading attributes can run code that changes a list */
    if (tuple == NULL) {
        return -1;
    }
    int failed = read_columns(tuple, columns);
    Py_DECREF(tuple);
    return failed;
}

void
dg_release_columns(dg_columns *columns)
{
    for (size_t j = 0; j < columns->n_columns; j++) {
        Py_XDECREF(columns->sources[j].name);
        Py_XDECREF((PyObject *)columns->sources[j].codes);
        Py_XDECREF((PyObject *)columns->sources[j].valid);
    }
    PyMem_Free(columns->columns);
    PyMem_Free(columns->sources);
    *columns = (dg_columns){0};
}

int
dg_refuse_overlap(const dg_columns *columns, PyArrayObject *output, const char *name)
{
    for (size_t j = 0; j < columns->n_columns; j++) {
        const dg_column_source *source = &columns->sources[j];
        if (dg_overlap(source->codes, output) || (source->valid != NULL && dg_overlap(source->valid, output))) {
            PyErr_Format(PyExc_ValueError, "%s shares memory with column %R", name, source->name);
            return -1;
        }
    }
    return 0;
}

/* Room for the 39 digits of 2**127, a sign and the end. */
typedef struct {
    char text[48];
} decimal;

static decimal
decimal_of(dg_int128 value)
{
    decimal result;
    char *p = result.text + sizeof(result.text);
    unsigned __int128 rest = value < 0 ? -(unsigned __int128)value : (unsigned __int128)value;
    *--p = '\0';
    do {
        *--p = (char)('0' + (int)(rest % 10));
        rest /= 10;
    } while (rest != 0);
    if (value < 0) {
        *--p = '-';
    }
    memmove(result.text, p, (size_t)(result.text + sizeof(result.text) - p));
    return result;
}

void
dg_raise_bad_code(const dg_columns *columns, const dg_bad_code *bad, Py_ssize_t first_row)
{
    if (!bad->found) {
        PyErr_SetString(PyExc_RuntimeError, "the codes were changed while they were counted");
        return;
    }
    const dg_column_source *source = &columns->sources[bad->column];
    const uint64_t n_levels = columns->columns[bad->column].range.n_levels;
    const Py_ssize_t row = first_row + (Py_ssize_t)bad->row;
    if (n_levels == 0) {
        dg_raise_status(DG_CODE_OUT_OF_RANGE, "column %R: row %zd has a code but the column has no levels", source->name,
                        row);
        return;
    }
    const decimal code = decimal_of(bad->code), low = decimal_of(source->base);
    const decimal high = decimal_of(source->base + (dg_int128)n_levels - 1);
    dg_raise_status(DG_CODE_OUT_OF_RANGE, "column %R: code %s at row %zd is outside %s to %s", source->name, code.text, row,
                    low.text, high.text);
}
