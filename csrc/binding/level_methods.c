#include "binding/array_argument.h"
#include "binding/cpu_argument.h"
#include "binding/methods.h"
#include "binding/raise_status.h"
#include "binding/stopping.h"
#include "kernels/scoring/reached_levels.h"

/* What reached_levels works with: copies of the small tables, so that nobody changes them meanwhile. */
typedef struct {
    PyArrayObject *counts; /* borrowed */
    PyArrayObject *meets, *asked, *states, *thresholds;
} level_tables;

static void
release_tables(level_tables *tables)
{
    Py_XDECREF((PyObject *)tables->meets);
    Py_XDECREF((PyObject *)tables->asked);
    Py_XDECREF((PyObject *)tables->states);
    Py_XDECREF((PyObject *)tables->thresholds);
}

static PyArrayObject *
as_counts(PyObject *object)
{
    if (!PyArray_Check(object) || PyArray_TYPE((PyArrayObject *)object) != NPY_INT32 ||
        PyArray_NDIM((PyArrayObject *)object) != 3) {
        PyErr_SetString(PyExc_TypeError, "counts must be an int32 array of units x groups x answers");
        return NULL;
    }
    PyArrayObject *counts = (PyArrayObject *)object;
    if (!PyArray_IS_C_CONTIGUOUS(counts) || !PyArray_ISALIGNED(counts) || !PyArray_ISNOTSWAPPED(counts)) {
        PyErr_SetString(PyExc_ValueError, "counts must be C-contiguous, aligned and of native byte order");
        return NULL;
    }
    if (PyArray_DIM(counts, 2) > 255) {
        PyErr_Format(PyExc_ValueError, "counts must have at most 255 answers, not %zd", PyArray_DIM(counts, 2));
        return NULL;
    }
    return counts;
}

/* A new reference to a copy of this type and shape. */
static PyArrayObject *
copy_table(PyObject *object, const char *name, int typenum, int ndim, const npy_intp *shape)
{
    PyArrayObject *copy = NULL;
    if (PyArray_Check(object)) {
        copy = (PyArrayObject *)PyArray_NewCopy((PyArrayObject *)object, NPY_CORDER);
        if (copy == NULL) {
            return NULL;
        }
    }
    PyArrayObject *checked = dg_as_output(copy == NULL ? object : (PyObject *)copy, name, typenum, ndim, shape);
    if (checked == NULL) {
        Py_XDECREF((PyObject *)copy);
    }
    return checked;
}

/* -1 with ValueError set unless every element of a table of bytes is at most the highest. */
static int
check_bytes(PyArrayObject *table, const char *name, const char *row, const char *column, int highest)
{
    const uint8_t *bytes = PyArray_DATA(table);
    const npy_intp n_columns = PyArray_DIM(table, PyArray_NDIM(table) - 1);
    for (npy_intp i = 0; i < PyArray_SIZE(table); i++) {
        if (bytes[i] > highest && row == NULL) {
            PyErr_Format(PyExc_ValueError, "%s: %d of %s %zd is outside 0 to %d", name, (int)bytes[i], column, i, highest);
            return -1;
        }
        if (bytes[i] > highest) {
            PyErr_Format(PyExc_ValueError, "%s: %d of %s %zd, %s %zd is outside 0 to %d", name, (int)bytes[i], row,
                         i / n_columns, column, i % n_columns, highest);
            return -1;
        }
    }
    return 0;
}

static int
check_thresholds(PyArrayObject *thresholds)
{
    const double *percents = PyArray_DATA(thresholds);
    for (npy_intp i = 0; i < PyArray_SIZE(thresholds); i++) {
        if (!(percents[i] >= 0.0 && percents[i] <= 100.0)) {
            PyObject *percent = PyFloat_FromDouble(percents[i]);
            if (percent != NULL) {
                PyErr_Format(PyExc_ValueError, "thresholds: %R of level %zd is outside 0 to 100", percent, i);
                Py_DECREF(percent);
            }
            return -1;
        }
    }
    return 0;
}

/* How many levels there are: as many as thresholds. */
static npy_intp
count_levels(PyObject *thresholds)
{
    PyArrayObject *array = dg_as_vector(thresholds, "thresholds");
    if (array == NULL) {
        return -1;
    }
    const npy_intp n = PyArray_SIZE(array);
    if (n < 1 || n > (npy_intp)DG_MOST_LEVELS) {
        PyErr_Format(PyExc_ValueError, "thresholds must hold 1 to 127 levels, not %zd", n);
        return -1;
    }
    return n;
}

static int
read_tables(PyObject *const *objects, level_tables *tables)
{
    tables->counts = as_counts(objects[0]);
    const npy_intp n_levels = tables->counts == NULL ? -1 : count_levels(objects[4]);
    if (n_levels < 0) {
        return -1;
    }
    const npy_intp n_groups = PyArray_DIM(tables->counts, 1), n_answers = PyArray_DIM(tables->counts, 2);
    const npy_intp meets[2] = {n_levels, n_answers}, asked[2] = {n_levels, n_groups};
    if ((tables->meets = copy_table(objects[1], "meets", NPY_UINT8, 2, meets)) == NULL ||
        (tables->asked = copy_table(objects[2], "asked", NPY_UINT8, 2, asked)) == NULL ||
        (tables->states = copy_table(objects[3], "states", NPY_UINT8, 1, &n_answers)) == NULL ||
        (tables->thresholds = copy_table(objects[4], "thresholds", NPY_DOUBLE, 1, &n_levels)) == NULL) {
        return -1;
    }
    if (check_bytes(tables->meets, "meets", "level", "answer", 1) < 0 ||
        check_bytes(tables->asked, "asked", "level", "group", 1) < 0 ||
        check_bytes(tables->states, "states", NULL, "answer", DG_ANSWER_STATES - 1) < 0) {
        return -1;
    }
    return check_thresholds(tables->thresholds);
}

static void
raise_bad_count(dg_status status, const dg_bad_count *bad, size_t n_answers)
{
    if (status == DG_COUNT_NEGATIVE) {
        dg_raise_status(status, "counts: %d of row %zu, group %zu, answer %zu is negative", (int)bad->count, bad->row,
                        bad->cell / n_answers, bad->cell % n_answers);
        return;
    }
    dg_raise_status(status, "counts: row %zu has more than 2**31 - 1 answers", bad->row);
}

static int
reach_into(const dg_level_rules *rules, PyArrayObject *counts, const dg_loops *loops, const npy_uint8 *flag,
           const dg_levels *levels)
{
    size_t bytes;
    void *memory = dg_level_bytes(rules, &bytes) ? PyMem_RawCalloc(1, bytes) : NULL;
    if (memory == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    const int32_t *cells = PyArray_DATA(counts);
    const size_t n_rows = (size_t)PyArray_DIM(counts, 0);
    dg_bad_count bad = {0, 0, 0};
    dg_long_call call;
    const dg_stop stop = dg_begin_long_call(&call, flag);
    const dg_status status = dg_reached_levels(rules, loops, cells, n_rows, memory, levels, &stop, &bad);
    dg_end_long_call(&call);
    PyMem_RawFree(memory);
    if (status != DG_OK) {
        raise_bad_count(status, &bad, rules->n_answers);
        return -1;
    }
    return 0;
}

static PyObject *
reach(const dg_level_rules *rules, PyArrayObject *counts, const dg_loops *loops, const npy_uint8 *flag)
{
    PyObject *result = PyTuple_New(DG_LEVEL_KINDS);
    const npy_intp n_rows = PyArray_DIM(counts, 0);
    dg_levels levels;
    for (Py_ssize_t kind = 0; kind < DG_LEVEL_KINDS && result != NULL; kind++) {
        PyObject *array = PyArray_SimpleNew(1, &n_rows, NPY_INT8);
        if (array == NULL) {
            Py_CLEAR(result);
            break;
        }
        levels.kinds[kind] = PyArray_DATA((PyArrayObject *)array);
        PyTuple_SET_ITEM(result, kind, array);
    }
    if (result != NULL && reach_into(rules, counts, loops, flag, &levels) < 0) {
        Py_CLEAR(result);
    }
    return result;
}

static PyObject *
reach_by_tables(const level_tables *tables, bool every_group, const dg_loops *loops, const npy_uint8 *flag)
{
    dg_answer_list met[DG_MOST_LEVELS];
    dg_level_rules rules = {
            .n_levels = (size_t)PyArray_SIZE(tables->thresholds),
            .n_groups = (size_t)PyArray_DIM(tables->counts, 1),
            .n_answers = (size_t)PyArray_DIM(tables->counts, 2),
            .every_group = every_group,
            .thresholds = PyArray_DATA(tables->thresholds),
            .asked = PyArray_DATA(tables->asked),
            .met = met,
    };
    dg_list_answers(&rules, PyArray_DATA(tables->meets), PyArray_DATA(tables->states));
    return reach(&rules, tables->counts, loops, flag);
}

PyObject *
dg_py_reached_levels(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"counts",     "meets",       "asked",     "states", "thresholds",
                            "every_group", "interrupt", "cpu",    NULL};
    PyObject *objects[5], *interrupt = Py_None, *cpu = Py_None;
    int every_group;
    const npy_uint8 *flag;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "OOOOOp|OO:reached_levels", names, &objects[0], &objects[1], &objects[2],
                                     &objects[3], &objects[4], &every_group, &interrupt, &cpu)) {
        return NULL;
    }
    const dg_loops *loops = dg_as_loops(cpu);
    if (loops == NULL || dg_as_interrupt(interrupt, &flag) < 0) {
        return NULL;
    }
    level_tables tables = {NULL, NULL, NULL, NULL, NULL};
    PyObject *levels = read_tables(objects, &tables) < 0 ? NULL : reach_by_tables(&tables, every_group != 0, loops, flag);
    release_tables(&tables);
    return levels;
}
