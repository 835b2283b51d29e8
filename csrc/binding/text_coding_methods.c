/* code_text and code_fixed: text columns into codes and labels. */
#include "binding/array_argument.h"
#include "binding/label_list.h"
#include "binding/methods.h"
#include "binding/raise_status.h"
#include "binding/stopping.h"
#include "kernels/coding/text_column.h"

#include <string.h>

/* Rows between two looks at signals: about a millisecond, 20 when every row is a new label. */
#define SLICE_ROWS ((npy_intp)1 << 17)

/* Codes the column slice by slice, the GIL released in each. Returns -1 with an exception set. */
static int
code_column(const struct dg_text_column *column, struct dg_label_table *table, npy_int32 *codes,
            const struct dg_column_place *place, const npy_uint8 *interrupt)
{
    for (npy_intp first = 0; first < place->n_rows; first += SLICE_ROWS) {
        size_t rows = (size_t)Py_MIN(SLICE_ROWS, place->n_rows - first);
        size_t bad_row = 0;
        dg_status status;
        if (dg_check_interrupt(interrupt) < 0) {
            return -1;
        }
        Py_BEGIN_ALLOW_THREADS
        status = dg_text_column_code(column, table, (size_t)first, rows, codes + first, &bad_row);
        Py_END_ALLOW_THREADS
        if (status != DG_OK) {
            dg_raise_status(status, "column '%s': the offset of row %zd lies outside the text (corrupt column)",
                            place->name, place->first_row + (npy_intp)bad_row);
            return -1;
        }
    }
    return 0;
}

/* The buffers of one Arrow text column, held from acquire_text to release_text. */
struct text_buffers {
    Py_buffer index, valid;
    Py_buffer *held;       /* the n_held text buffers */
    struct dg_bytes *texts; /* the same for the kernel */
    Py_ssize_t n_held;
};

static void
release_text(struct text_buffers *buffers)
{
    for (Py_ssize_t i = 0; i < buffers->n_held; i++) {
        PyBuffer_Release(buffers->held + i);
    }
    PyMem_Free(buffers->held);
    PyMem_Free(buffers->texts);
    PyBuffer_Release(&buffers->index); /* a buffer that was never acquired has no object: nothing happens */
    PyBuffer_Release(&buffers->valid);
}

static int
acquire_texts(struct text_buffers *buffers, PyObject *texts)
{
    Py_ssize_t n = PyTuple_GET_SIZE(texts);
    buffers->held = PyMem_Calloc((size_t)n + 1, sizeof *buffers->held);
    buffers->texts = PyMem_Calloc((size_t)n + 1, sizeof *buffers->texts);
    if (buffers->held == NULL || buffers->texts == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        Py_buffer *held = buffers->held + i;
        if (PyObject_GetBuffer(PyTuple_GET_ITEM(texts, i), held, PyBUF_SIMPLE) < 0) {
            return -1;
        }
        buffers->n_held++;
        buffers->texts[i] = (struct dg_bytes){held->buf, (size_t)held->len};
    }
    return 0;
}

static int
acquire_text(struct text_buffers *buffers, PyObject *index, PyObject *texts, PyObject *valid)
{
    if (PyObject_GetBuffer(index, &buffers->index, PyBUF_SIMPLE) < 0) {
        return -1;
    }
    if (valid != Py_None && PyObject_GetBuffer(valid, &buffers->valid, PyBUF_SIMPLE) < 0) {
        return -1;
    }
    return acquire_texts(buffers, texts);
}

static int
layout_of(const char *text, enum dg_text_layout *layout)
{
    static const char *const names[] = {"utf8", "large_utf8", "views"};
    static const enum dg_text_layout layouts[] = {DG_TEXT_OFFSETS32, DG_TEXT_OFFSETS64, DG_TEXT_VIEWS};
    for (size_t i = 0; i < Py_ARRAY_LENGTH(names); i++) {
        if (strcmp(text, names[i]) == 0) {
            *layout = layouts[i];
            return 0;
        }
    }
    PyErr_Format(PyExc_ValueError, "layout must be utf8, large_utf8 or views, not %.50s", text);
    return -1;
}

/* Whether the index and validity buffers reach to the last row; ValueError if not. */
static int
check_reach(const struct text_buffers *buffers, enum dg_text_layout layout, size_t offset, size_t n,
            const char *name)
{
    size_t width = layout == DG_TEXT_VIEWS ? 16 : layout == DG_TEXT_OFFSETS64 ? 8 : 4;
    size_t items = n == 0 ? 0 : n + (layout != DG_TEXT_VIEWS);
    size_t held = (size_t)buffers->index.len / width;
    size_t bits = buffers->valid.obj == NULL ? SIZE_MAX : 8 * (size_t)buffers->valid.len;
    if (n != 0 && (offset > held || items > held - offset || offset > bits || n > bits - offset)) {
        PyErr_Format(PyExc_ValueError, "column '%s': its buffers are too short for %zu rows from row %zu on", name, n,
                     offset);
        return -1;
    }
    if (layout != DG_TEXT_VIEWS && buffers->n_held != 1) {
        PyErr_Format(PyExc_ValueError, "column '%s': a %zu-byte offset needs one text buffer, not %zd", name, width,
                     buffers->n_held);
        return -1;
    }
    return 0;
}

static struct dg_text_column
arrow_column(const struct text_buffers *buffers, enum dg_text_layout layout, size_t offset, size_t n)
{
    size_t width = layout == DG_TEXT_VIEWS ? 16 : layout == DG_TEXT_OFFSETS64 ? 8 : 4;
    return (struct dg_text_column){
            .layout = layout,
            .index = (const uint8_t *)buffers->index.buf + (n == 0 ? 0 : width * offset),
            .n_rows = n,
            .buffers = buffers->texts,
            .n_buffers = (size_t)buffers->n_held,
            .valid = buffers->valid.obj == NULL ? NULL : buffers->valid.buf,
            .valid_offset = offset,
    };
}

static PyObject *
code_arrow(const struct dg_text_column *column, npy_int32 *codes, const struct dg_column_place *place,
           const npy_uint8 *interrupt)
{
    struct dg_label_table table;
    if (dg_label_table_init(&table) != DG_OK) {
        return PyErr_NoMemory();
    }
    PyObject *labels = NULL;
    if (code_column(column, &table, codes, place, interrupt) == 0) {
        labels = dg_list_utf8(&table, place);
    }
    dg_label_table_free(&table);
    return labels;
}

/* The codes argument: a one-dimensional array of int32 that can be written to. */
static PyArrayObject *
as_codes(PyObject *object)
{
    PyArrayObject *array = dg_as_vector(object, "codes");
    if (array == NULL) {
        return NULL;
    }
    npy_intp n = PyArray_SIZE(array);
    return dg_as_output(object, "codes", NPY_INT32, 1, &n);
}

PyObject *
dg_py_code_text(PyObject *Py_UNUSED(module), PyObject *args, PyObject *keywords)
{
    static char *names[] = {"layout", "index", "texts", "valid", "offset", "codes", "name", "first_row", "interrupt",
                            NULL};
    const char *layout_name, *name;
    PyObject *index, *texts, *valid, *codes_object, *interrupt_object = Py_None;
    Py_ssize_t offset, first_row;
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "sOO!OnOsn|O", names, &layout_name, &index, &PyTuple_Type, &texts,
                                     &valid, &offset, &codes_object, &name, &first_row, &interrupt_object)) {
        return NULL;
    }
    enum dg_text_layout layout;
    const npy_uint8 *interrupt;
    PyArrayObject *codes = as_codes(codes_object);
    if (codes == NULL || layout_of(layout_name, &layout) < 0 || dg_as_interrupt(interrupt_object, &interrupt) < 0) {
        return NULL;
    }
    if (offset < 0) {
        return PyErr_Format(PyExc_ValueError, "offset must not be negative, is %zd", offset);
    }
    struct text_buffers buffers = {.n_held = 0};
    struct dg_column_place place = {name, first_row, PyArray_DATA(codes), PyArray_SIZE(codes)};
    PyObject *labels = NULL;
    if (acquire_text(&buffers, index, texts, valid) == 0 &&
        check_reach(&buffers, layout, (size_t)offset, (size_t)place.n_rows, name) == 0) {
        struct dg_text_column column = arrow_column(&buffers, layout, (size_t)offset, (size_t)place.n_rows);
        labels = code_arrow(&column, PyArray_DATA(codes), &place, interrupt);
    }
    release_text(&buffers);
    return labels;
}

static PyObject *
code_records(PyArrayObject *array, npy_int32 *codes, const struct dg_column_place *place, const npy_uint8 *interrupt)
{
    struct dg_text_column column = {
            .layout = DG_TEXT_RECORDS,
            .index = PyArray_DATA(array),
            .n_rows = (size_t)place->n_rows,
            .stride = PyArray_STRIDE(array, 0),
            .width = (uint32_t)PyArray_ITEMSIZE(array),
    };
    struct dg_label_table table;
    if (dg_label_table_init(&table) != DG_OK) {
        return PyErr_NoMemory();
    }
    PyObject *labels = NULL;
    if (code_column(&column, &table, codes, place, interrupt) == 0) {
        labels = dg_list_ucs4(&table, PyArray_ISBYTESWAPPED(array), place);
    }
    dg_label_table_free(&table);
    return labels;
}

PyObject *
dg_py_code_fixed(PyObject *Py_UNUSED(module), PyObject *args, PyObject *keywords)
{
    static char *names[] = {"array", "codes", "name", "first_row", "interrupt", NULL};
    PyObject *object, *codes_object, *interrupt_object = Py_None;
    const char *name;
    Py_ssize_t first_row;
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "OOsn|O", names, &object, &codes_object, &name, &first_row,
                                     &interrupt_object)) {
        return NULL;
    }
    const npy_uint8 *interrupt;
    PyArrayObject *array = dg_as_vector(object, name);
    PyArrayObject *codes = array == NULL ? NULL : as_codes(codes_object);
    if (codes == NULL || dg_as_interrupt(interrupt_object, &interrupt) < 0) {
        return NULL;
    }
    if (PyArray_TYPE(array) != NPY_UNICODE) {
        return PyErr_Format(PyExc_TypeError, "column '%s': %R where text of a fixed width is expected", name,
                            PyArray_DESCR(array));
    }
    if (PyArray_SIZE(array) != PyArray_SIZE(codes) || dg_overlap(array, codes)) {
        return PyErr_Format(PyExc_ValueError, "column '%s': %zd rows need as many codes of their own, not %zd", name,
                            PyArray_SIZE(array), PyArray_SIZE(codes));
    }
    struct dg_column_place place = {name, first_row, PyArray_DATA(codes), PyArray_SIZE(codes)};
    return code_records(array, PyArray_DATA(codes), &place, interrupt);
}
