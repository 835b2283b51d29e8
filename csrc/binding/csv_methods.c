/* code_csv: some columns of CSV text into codes and labels. */
#include "binding/array_argument.h"
#include "binding/label_list.h"
#include "binding/methods.h"
#include "binding/raise_status.h"
#include "binding/stopping.h"
#include "kernels/coding/csv_cells.h"

#include <string.h>

#define PIECE_ROWS ((size_t)256) /* located, then coded while they are near */
#define SLICE_PIECES 256         /* between two looks at signals: some milliseconds */

/* What one call works on; every pointer may be NULL until it is there. */
struct csv_call {
    struct dg_csv_reader reader;
    int32_t *slots;               /* by column of the text */
    struct dg_span *spans;        /* PIECE_ROWS for each column wanted */
    struct dg_label_table *tables; /* one for each column wanted */
    npy_intp n_wanted, most_rows, n_rows;
    npy_int32 *codes; /* (n_wanted, most_rows) */
    enum dg_csv_fault fault;
};

static void
release_call(struct csv_call *call)
{
    for (npy_intp i = 0; call->tables != NULL && i < call->n_wanted; i++) {
        dg_label_table_free(call->tables + i);
    }
    PyMem_Free(call->tables);
    PyMem_Free(call->spans);
    PyMem_Free(call->slots);
    dg_csv_end(&call->reader);
}

/* Which columns are wanted, each once. */
static int
fill_slots(struct csv_call *call, PyArrayObject *wanted, Py_ssize_t n_columns)
{
    call->slots = PyMem_Malloc((size_t)n_columns * sizeof *call->slots);
    if (call->slots == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    memset(call->slots, 0xff, (size_t)n_columns * sizeof *call->slots);
    for (npy_intp i = 0; i < call->n_wanted; i++) {
        npy_int32 column = *(npy_int32 *)PyArray_GETPTR1(wanted, i);
        if (column < 0 || column >= n_columns || call->slots[column] >= 0) {
            PyErr_Format(PyExc_ValueError, "wanted: %d is not one of the columns 0 to %zd, or is named twice", (int)column,
                         n_columns - 1);
            return -1;
        }
        call->slots[column] = (int32_t)i;
    }
    return 0;
}

static int
start_tables(struct csv_call *call)
{
    call->spans = PyMem_Calloc((size_t)call->n_wanted * PIECE_ROWS + 1, sizeof *call->spans);
    call->tables = PyMem_Calloc((size_t)call->n_wanted + 1, sizeof *call->tables);
    bool good = call->spans != NULL && call->tables != NULL;
    for (npy_intp i = 0; good && i < call->n_wanted; i++) {
        good = dg_label_table_init(call->tables + i) == DG_OK;
    }
    if (!good) {
        PyErr_NoMemory();
        return -1;
    }
    return 0;
}

/* Locates and codes one piece; *is_end once there are no more whole rows, or no more room for them. */
static dg_status
code_piece(struct csv_call *call, bool *is_end)
{
    size_t n = 0, room = (size_t)(call->most_rows - call->n_rows), most_rows = room < PIECE_ROWS ? room : PIECE_ROWS;
    dg_status status = dg_csv_locate(&call->reader, most_rows, call->spans, &n, &call->fault);
    if (status != DG_OK) {
        return status;
    }
    *is_end = n < most_rows || (npy_intp)n == call->most_rows - call->n_rows;
    for (npy_intp i = 0; i < call->n_wanted && status == DG_OK; i++) {
        npy_int32 *codes = call->codes + i * call->most_rows + call->n_rows;
        status = dg_label_table_code(call->tables + i, call->spans + (size_t)i * most_rows, n, codes);
    }
    call->n_rows += (npy_intp)n;
    return status;
}

static Py_ssize_t
line_at(const struct dg_csv_reader *reader)
{
    Py_ssize_t line = 1;
    const uint8_t *at = reader->text, *end = reader->text + reader->at;
    while ((at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
        line++;
        at++;
    }
    return line;
}

static void
raise_fault(const struct csv_call *call)
{
    static const char *const texts[] = {
            [DG_CSV_BLANK] = "line %zd is blank; take blank lines out, for they would count as rows",
            [DG_CSV_RETURN] = "line %zd has a carriage return without a line feed; save the file with line ends",
            [DG_CSV_AFTER_QUOTE] = "line %zd has text after the quote that ends a cell",
            [DG_CSV_OPEN_QUOTE] = "line %zd begins a row in which a quote is not closed",
    };
    const struct dg_csv_reader *reader = &call->reader;
    if (call->fault == DG_CSV_CELLS) {
        PyErr_Format(PyExc_ValueError, "line %zd has %zu cell%s, the header %zu%s", line_at(reader), reader->n_cells,
                     reader->n_cells == 1 ? "" : "s", reader->n_columns,
                     reader->n_cells > reader->n_columns ? "; a text that holds a comma must stand in quotes" : "");
    }
    else {
        PyErr_Format(PyExc_ValueError, texts[call->fault], line_at(reader));
    }
}

static int
code_rows(struct csv_call *call, const npy_uint8 *interrupt)
{
    bool is_end = false;
    while (!is_end) {
        dg_status status = DG_OK;
        if (dg_check_interrupt(interrupt) < 0) {
            return -1;
        }
        Py_BEGIN_ALLOW_THREADS
        for (int i = 0; i < SLICE_PIECES && !is_end && status == DG_OK; i++) {
            status = code_piece(call, &is_end);
        }
        Py_END_ALLOW_THREADS
        if (status == DG_CORRUPT) {
            raise_fault(call);
            return -1;
        }
        if (status != DG_OK) {
            PyErr_NoMemory();
            return -1;
        }
    }
    return 0;
}

static PyObject *
result_of(const struct csv_call *call)
{
    PyObject *labels = PyList_New(call->n_wanted);
    for (npy_intp i = 0; labels != NULL && i < call->n_wanted; i++) {
        struct dg_column_place place = {"text", 0, call->codes + i * call->most_rows, call->n_rows};
        PyObject *list = dg_list_utf8(call->tables + i, &place);
        if (list == NULL) {
            Py_CLEAR(labels);
            break;
        }
        PyList_SET_ITEM(labels, i, list);
    }
    return labels == NULL ? NULL : Py_BuildValue("(nnN)", (Py_ssize_t)call->n_rows, (Py_ssize_t)call->reader.at, labels);
}

static PyObject *
code_checked(PyObject *text, Py_ssize_t start, int is_last, Py_ssize_t n_columns, PyArrayObject *wanted, PyArrayObject *codes,
             const npy_uint8 *interrupt)
{
    struct csv_call call = {
            .n_wanted = PyArray_SIZE(wanted), .most_rows = PyArray_DIM(codes, 1), .codes = PyArray_DATA(codes)};
    PyObject *result = NULL;
    if (fill_slots(&call, wanted, n_columns) == 0 && start_tables(&call) == 0) {
        dg_csv_start(&call.reader, (const uint8_t *)PyBytes_AS_STRING(text), (size_t)PyBytes_GET_SIZE(text),
                     (size_t)start, is_last != 0, (size_t)n_columns, call.slots);
        result = code_rows(&call, interrupt) < 0 ? NULL : result_of(&call);
    }
    release_call(&call);
    return result;
}

static int
check_sizes(PyObject *text, Py_ssize_t start, Py_ssize_t n_columns)
{
    Py_ssize_t size = PyBytes_GET_SIZE(text);
    if (size > INT32_MAX) {
        PyErr_Format(PyExc_ValueError, "text has %zd bytes, more than 2**31 - 1", size);
        return -1;
    }
    if (start < 0 || start > size) {
        PyErr_Format(PyExc_ValueError, "start must be 0 to %zd, is %zd", size, start);
        return -1;
    }
    if (n_columns < 1 || n_columns > INT32_MAX) {
        PyErr_Format(PyExc_ValueError, "n_columns must be 1 to 2**31 - 1, is %zd", n_columns);
        return -1;
    }
    return 0;
}

PyObject *
dg_py_code_csv(PyObject *Py_UNUSED(module), PyObject *args, PyObject *keywords)
{
    static char *names[] = {"text", "start", "is_last", "n_columns", "wanted", "codes", "interrupt", NULL};
    PyObject *text, *wanted_object, *codes_object, *interrupt_object = Py_None;
    Py_ssize_t start, n_columns;
    int is_last;
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "O!npnOO|O:code_csv", names, &PyBytes_Type, &text, &start, &is_last, &n_columns,
                                     &wanted_object, &codes_object, &interrupt_object)) {
        return NULL;
    }
    const npy_uint8 *interrupt;
    PyArrayObject *wanted = dg_as_vector(wanted_object, "wanted");
    if (wanted == NULL || check_sizes(text, start, n_columns) < 0 || dg_as_interrupt(interrupt_object, &interrupt) < 0) {
        return NULL;
    }
    npy_intp shape[2] = {PyArray_SIZE(wanted), 0};
    if (PyArray_Check(codes_object) && PyArray_NDIM((PyArrayObject *)codes_object) == 2) {
        shape[1] = PyArray_DIM((PyArrayObject *)codes_object, 1);
    }
    if (PyArray_TYPE(wanted) != NPY_INT32 || !PyArray_ISBEHAVED_RO(wanted)) {
        return PyErr_Format(PyExc_TypeError, "wanted must be an aligned array of int32, not of %R", PyArray_DESCR(wanted));
    }
    PyArrayObject *codes = dg_as_output(codes_object, "codes", NPY_INT32, 2, shape);
    if (codes == NULL) {
        return NULL;
    }
    if (dg_overlap(wanted, codes)) {
        return PyErr_Format(PyExc_ValueError, "codes and wanted share memory");
    }
    return code_checked(text, start, is_last, n_columns, wanted, codes, interrupt);
}
