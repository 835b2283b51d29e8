/* code_objects: an array of Python strings into codes and labels. The GIL is held: strings belong to Python. */
#include "binding/array_argument.h"
#include "binding/methods.h"
#include "binding/stopping.h"
#include "kernels/coding/label_table.h"

#include <stdbool.h>
#include <string.h>

#define SLICE_ROWS ((npy_intp)1 << 16)

/* The codes of objects seen lately: columns often repeat a few string objects, whose text need not be looked at again. */
#define CACHE_BITS 10
struct seen {
    PyObject *object;
    npy_int32 code;
};

struct coder {
    struct dg_label_table table;
    PyObject *labels; /* list of str, in code order */
    const char *name;
    npy_intp first_row;
    struct seen cache[1 << CACHE_BITS];
};

static inline struct seen *
cache_entry(struct coder *coder, const PyObject *object)
{
    uint64_t mixed = (uint64_t)(uintptr_t)object * 0x9e3779b97f4a7c15u;
    return coder->cache + (mixed >> (64 - CACHE_BITS));
}

/* pandas.NA and NaT, known by their class's name so that pandas need not be imported. */
static bool
has_missing_type(PyObject *object)
{
    const char *name = Py_TYPE(object)->tp_name;
    const char *dot = strrchr(name, '.');
    name = dot == NULL ? name : dot + 1;
    return strcmp(name, "NAType") == 0 || strcmp(name, "NaTType") == 0;
}

static bool
is_missing(PyObject *object)
{
    if (object == NULL || object == Py_None) {
        return true;
    }
    if (PyFloat_Check(object) || PyArray_IsScalar(object, Floating)) {
        double number = PyFloat_AsDouble(object);
        PyErr_Clear(); /* a float subclass may refuse: then it is no NaN, and refused as a label */
        return number != number;
    }
    return has_missing_type(object);
}

static int
code_text(struct coder *coder, PyObject *text, npy_int32 *code)
{
    Py_ssize_t characters = PyUnicode_GET_LENGTH(text);
    int width = (int)PyUnicode_KIND(text); /* Python stores a text in the narrowest width, so equal texts have equal bytes */
    if (characters > INT32_MAX / width) {
        PyErr_Format(PyExc_ValueError, "column '%s': a text of %zd characters is too long", coder->name, characters);
        return -1;
    }
    struct dg_span span = {.bytes = PyUnicode_DATA(text),
                           .length = (uint32_t)(characters * width),
                           .kind = (uint16_t)width};
    size_t known = coder->table.n_labels;
    if (dg_label_table_code(&coder->table, &span, 1, code) != DG_OK) {
        PyErr_NoMemory();
        return -1;
    }
    if (coder->table.n_labels == known) {
        return 0;
    }
    PyObject *label = PyUnicode_FromObject(text); /* a plain str of any subclass */
    int failed = label == NULL || PyList_Append(coder->labels, label) < 0;
    Py_XDECREF(label);
    return failed ? -1 : 0;
}

static int
code_object(struct coder *coder, PyObject *object, npy_int32 *code, npy_intp i)
{
    if (object != NULL && PyUnicode_Check(object)) {
        return code_text(coder, object, code);
    }
    if (is_missing(object)) {
        *code = -1;
        return 0;
    }
    PyErr_Format(PyExc_TypeError, "column '%s': row %zd holds %.100s %.100R where text is expected", coder->name,
                 coder->first_row + i, Py_TYPE(object)->tp_name, object);
    return -1;
}

static inline PyObject *
read_object(const char *item)
{
    PyObject *object;
    memcpy(&object, item, sizeof object);
    return object;
}

/* Rows first .. end - 1. No Python code runs in here, so no object seen can have gone. */
static int
code_slice(struct coder *coder, PyArrayObject *array, npy_intp first, npy_intp end, npy_int32 *codes)
{
    const char *data = PyArray_DATA(array);
    npy_intp stride = PyArray_STRIDE(array, 0);
    memset(coder->cache, 0, sizeof coder->cache);
    for (npy_intp i = first; i < end; i++) {
        PyObject *object = read_object(data + i * stride);
        struct seen *seen = cache_entry(coder, object);
        if (seen->object != object || object == NULL) {
            if (code_object(coder, object, codes + i, i) < 0) {
                return -1;
            }
            *seen = (struct seen){object, codes[i]};
        }
        codes[i] = seen->code;
    }
    return 0;
}

static int
code_all(struct coder *coder, PyArrayObject *array, PyArrayObject *codes, const npy_uint8 *interrupt)
{
    npy_intp n = PyArray_SIZE(codes);
    for (npy_intp first = 0; first < n; first += SLICE_ROWS) {
        if (dg_check_interrupt(interrupt) < 0) {
            return -1;
        }
        if (PyArray_SIZE(array) != n || PyArray_SIZE(codes) != n) { /* a signal handler can do anything */
            PyErr_Format(PyExc_RuntimeError, "column '%s' was resized while it was read", coder->name);
            return -1;
        }
        if (code_slice(coder, array, first, Py_MIN(n, first + SLICE_ROWS), PyArray_DATA(codes)) < 0) {
            return -1;
        }
    }
    return 0;
}

/* The list of labels, a new reference, or NULL with an exception set. */
static PyObject *
code_array(PyArrayObject *array, PyArrayObject *codes, const char *name, npy_intp first_row,
           const npy_uint8 *interrupt)
{
    struct coder coder;
    coder.name = name;
    coder.first_row = first_row;
    coder.labels = PyList_New(0);
    if (coder.labels == NULL) {
        return NULL;
    }
    if (dg_label_table_init(&coder.table) != DG_OK) {
        PyErr_NoMemory();
        Py_CLEAR(coder.labels);
    }
    else if (code_all(&coder, array, codes, interrupt) < 0) {
        Py_CLEAR(coder.labels);
    }
    dg_label_table_free(&coder.table);
    return coder.labels;
}

PyObject *
dg_py_code_objects(PyObject *Py_UNUSED(module), PyObject *args, PyObject *keywords)
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
    if (array == NULL || dg_as_interrupt(interrupt_object, &interrupt) < 0) {
        return NULL;
    }
    if (PyArray_TYPE(array) != NPY_OBJECT) {
        return PyErr_Format(PyExc_TypeError, "column '%s': %R where an array of objects is expected", name,
                            PyArray_DESCR(array));
    }
    npy_intp n = PyArray_SIZE(array);
    PyArrayObject *codes = dg_as_output(codes_object, "codes", NPY_INT32, 1, &n);
    if (codes == NULL) {
        return NULL;
    }
    return code_array(array, codes, name, first_row, interrupt);
}
