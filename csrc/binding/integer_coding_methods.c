/* code_integers: numbers of a wide range into codes and the distinct numbers. */
#include "binding/array_argument.h"
#include "binding/methods.h"
#include "binding/raise_status.h"
#include "binding/stopping.h"
#include "kernels/coding/label_table.h"

#include <string.h>

#define SLICE_ROWS ((npy_intp)1 << 17)

/* 64-bit integers in native order, side by side. */
static PyArrayObject *
as_words(PyObject *object, const char *name)
{
    PyArrayObject *array = dg_as_vector(object, name);
    if (array == NULL) {
        return NULL;
    }
    if (!PyTypeNum_ISINTEGER(PyArray_TYPE(array)) || PyArray_ITEMSIZE(array) != 8 || !PyArray_ISCARRAY_RO(array)) {
        PyErr_Format(PyExc_TypeError, "column '%s' must be a contiguous array of int64 or uint64, not of %R", name,
                     PyArray_DESCR(array));
        return NULL;
    }
    return array;
}

static int
code_all(struct dg_label_table *table, PyArrayObject *words, const Py_buffer *valid, npy_intp offset, npy_int32 *codes,
         const npy_uint8 *interrupt)
{
    npy_intp n = PyArray_SIZE(words);
    const uint64_t *numbers = PyArray_DATA(words);
    for (npy_intp first = 0; first < n; first += SLICE_ROWS) {
        size_t rows = (size_t)Py_MIN(SLICE_ROWS, n - first);
        dg_status status;
        if (dg_check_interrupt(interrupt) < 0) {
            return -1;
        }
        Py_BEGIN_ALLOW_THREADS
        status = dg_label_table_code_words(table, numbers + first, rows, valid->buf, (size_t)(offset + first),
                                           codes + first);
        Py_END_ALLOW_THREADS
        if (status != DG_OK) {
            dg_raise_status(status, "integers could not be coded");
            return -1;
        }
    }
    return 0;
}

static PyObject *
distinct_numbers(const struct dg_label_table *table, int typenum)
{
    npy_intp n = (npy_intp)table->n_labels;
    PyObject *array = PyArray_SimpleNew(1, &n, typenum);
    if (array == NULL) {
        return NULL;
    }
    uint64_t *numbers = PyArray_DATA((PyArrayObject *)array);
    for (npy_intp code = 0; code < n; code++) {
        numbers[code] = table->labels[code].head[0];
    }
    return array;
}

static PyObject *
code_words(PyArrayObject *words, const Py_buffer *valid, npy_intp offset, npy_int32 *codes, const npy_uint8 *interrupt)
{
    struct dg_label_table table;
    if (dg_label_table_init(&table) != DG_OK) {
        return PyErr_NoMemory();
    }
    PyObject *distinct = NULL;
    if (code_all(&table, words, valid, offset, codes, interrupt) == 0) {
        distinct = distinct_numbers(&table, PyArray_TYPE(words));
    }
    dg_label_table_free(&table);
    return distinct;
}

/* Whether the bitmap holds a bit for every row; ValueError if not. */
static int
check_bits(const Py_buffer *valid, npy_intp offset, npy_intp n, const char *name)
{
    npy_intp bits = valid->obj == NULL ? NPY_MAX_INTP : valid->len > NPY_MAX_INTP / 8 ? NPY_MAX_INTP : 8 * valid->len;
    if (offset < 0 || offset > bits || n > bits - offset) {
        PyErr_Format(PyExc_ValueError, "column '%s': its validity bitmap is too short for %zd rows from row %zd on",
                     name, n, offset);
        return -1;
    }
    return 0;
}

PyObject *
dg_py_code_integers(PyObject *Py_UNUSED(module), PyObject *args, PyObject *keywords)
{
    static char *names[] = {"array", "codes", "name", "valid", "offset", "interrupt", NULL};
    PyObject *object, *codes_object, *valid_object = Py_None, *interrupt_object = Py_None;
    const char *name;
    Py_ssize_t offset = 0;
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "OOs|OnO", names, &object, &codes_object, &name, &valid_object,
                                     &offset, &interrupt_object)) {
        return NULL;
    }
    const npy_uint8 *interrupt;
    PyArrayObject *words = as_words(object, name);
    if (words == NULL || dg_as_interrupt(interrupt_object, &interrupt) < 0) {
        return NULL;
    }
    npy_intp n = PyArray_SIZE(words);
    PyArrayObject *codes = dg_as_output(codes_object, "codes", NPY_INT32, 1, &n);
    Py_buffer valid = {0};
    if (codes == NULL ||
        (valid_object != Py_None && PyObject_GetBuffer(valid_object, &valid, PyBUF_SIMPLE) < 0)) {
        return NULL;
    }
    PyObject *distinct = NULL;
    if (check_bits(&valid, offset, n, name) == 0) {
        distinct = code_words(words, &valid, offset, PyArray_DATA(codes), interrupt);
    }
    PyBuffer_Release(&valid);
    return distinct;
}
