#include "binding/array_argument.h"
#include "binding/cpu_argument.h"
#include "binding/methods.h"
#include "binding/raise_status.h"
#include "binding/stopping.h"
#include "kernels/scoring/answer_counts.h"

/* A borrowed view of the answers; NULL with an exception set when they are not units x indicators in one piece. */
static PyArrayObject *
as_answers(PyObject *object)
{
    if (!PyArray_Check(object) || PyArray_TYPE((PyArrayObject *)object) != NPY_UINT8 ||
        PyArray_NDIM((PyArrayObject *)object) != 2) {
        PyErr_SetString(PyExc_TypeError, "answers must be a uint8 array of units x indicators");
        return NULL;
    }
    PyArrayObject *answers = (PyArrayObject *)object;
    if (!PyArray_IS_C_CONTIGUOUS(answers)) {
        PyErr_SetString(PyExc_ValueError, "answers must be C-contiguous");
        return NULL;
    }
    if (PyArray_DIM(answers, 1) > INT32_MAX) {
        PyErr_SetString(PyExc_ValueError, "answers must have at most 2**31 - 1 indicators");
        return NULL;
    }
    return answers;
}

static int
check_sizes(Py_ssize_t n_groups, Py_ssize_t n_answers)
{
    if (n_groups < 0 || n_groups > INT32_MAX) {
        PyErr_Format(PyExc_ValueError, "n_groups must lie from 0 to 2**31 - 1, not %zd", n_groups);
        return -1;
    }
    if (n_answers < 1 || n_answers > (Py_ssize_t)DG_MOST_ANSWERS) {
        PyErr_Format(PyExc_ValueError, "n_answers must lie from 1 to 255, not %zd", n_answers);
        return -1;
    }
    return 0;
}

static int
check_groups(PyArrayObject *groups, npy_intp n_indicators, Py_ssize_t n_groups)
{
    const int32_t *numbers = PyArray_DATA(groups);
    if (PyArray_SIZE(groups) != n_indicators) {
        PyErr_Format(PyExc_ValueError, "groups has %zd indicators but answers has %zd", PyArray_SIZE(groups), n_indicators);
        return -1;
    }
    for (npy_intp i = 0; i < n_indicators; i++) {
        if (numbers[i] < DG_LEFT_OUT || numbers[i] >= n_groups) {
            PyErr_Format(PyExc_ValueError, "groups: %d of indicator %zd is outside -1 to %zd", (int)numbers[i], i,
                         n_groups - 1);
            return -1;
        }
    }
    return 0;
}

/* A checked copy of the groups, so that nobody changes them meanwhile: a new reference. */
static PyArrayObject *
read_groups(PyObject *object, npy_intp n_indicators, Py_ssize_t n_groups)
{
    if (!PyArray_Check(object) || PyArray_TYPE((PyArrayObject *)object) != NPY_INT32 ||
        PyArray_NDIM((PyArrayObject *)object) != 1) {
        PyErr_SetString(PyExc_TypeError, "groups must be a one-dimensional array of int32");
        return NULL;
    }
    const int flags = NPY_ARRAY_IN_ARRAY | NPY_ARRAY_NOTSWAPPED | NPY_ARRAY_ENSURECOPY;
    PyArrayObject *groups = (PyArrayObject *)PyArray_FROM_OTF(object, NPY_INT32, flags);
    if (groups != NULL && check_groups(groups, n_indicators, n_groups) < 0) {
        Py_DECREF(groups);
        return NULL;
    }
    return groups;
}

static void
raise_bad_answer(dg_status status, const dg_bad_answer *bad, size_t n_answers)
{
    if (status == DG_CODE_OUT_OF_RANGE) {
        PyErr_Format(PyExc_ValueError, "answers: code %d of row %zu, indicator %zu is outside 0 to %zu", (int)bad->code,
                     bad->row, bad->indicator, n_answers - 1);
        return;
    }
    dg_raise_status(status, "answers changed while they were counted");
}

static int
count_into(const dg_answer_sheet *sheet, const dg_loops *loops, PyArrayObject *counts, const npy_uint8 *flag)
{
    dg_group_run *runs = PyMem_RawCalloc(sheet->n_indicators + 1, sizeof(dg_group_run));
    if (runs == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    int32_t *cells = PyArray_DATA(counts);
    dg_bad_answer bad = {0, 0, 0};
    dg_long_call call;
    const dg_stop stop = dg_begin_long_call(&call, flag);
    const dg_status status = dg_count_answers(sheet, loops, runs, cells, &stop, &bad);
    dg_end_long_call(&call);
    PyMem_RawFree(runs);
    if (status != DG_OK) {
        raise_bad_answer(status, &bad, sheet->n_answers);
        return -1;
    }
    return 0;
}

static PyObject *
count_sheet(PyArrayObject *answers, PyArrayObject *groups, const npy_intp *shape, const dg_loops *loops,
            const npy_uint8 *flag)
{
    const dg_answer_sheet sheet = {
            .n_rows = (size_t)shape[0],
            .n_indicators = (size_t)PyArray_DIM(answers, 1),
            .n_groups = (size_t)shape[1],
            .n_answers = (size_t)shape[2],
            .answers = PyArray_DATA(answers),
            .groups = PyArray_DATA(groups),
    };
    PyObject *counts = PyArray_SimpleNew(3, shape, NPY_INT32);
    if (counts != NULL && count_into(&sheet, loops, (PyArrayObject *)counts, flag) < 0) {
        Py_CLEAR(counts);
    }
    return counts;
}

PyObject *
dg_py_count_answers(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"answers", "groups", "n_groups", "n_answers", "interrupt", "cpu", NULL};
    PyObject *answer_object, *group_object, *interrupt = Py_None, *cpu = Py_None;
    Py_ssize_t n_groups, n_answers;
    const npy_uint8 *flag;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "OOnn|OO:count_answers", names, &answer_object, &group_object, &n_groups,
                                     &n_answers, &interrupt, &cpu)) {
        return NULL;
    }
    PyArrayObject *answers = as_answers(answer_object);
    const dg_loops *loops = answers == NULL ? NULL : dg_as_loops(cpu);
    if (loops == NULL || check_sizes(n_groups, n_answers) < 0 || dg_as_interrupt(interrupt, &flag) < 0) {
        return NULL;
    }
    PyArrayObject *groups = read_groups(group_object, PyArray_DIM(answers, 1), n_groups);
    if (groups == NULL) {
        return NULL;
    }
    const npy_intp shape[3] = {PyArray_DIM(answers, 0), n_groups, n_answers};
    PyObject *counts = count_sheet(answers, groups, shape, loops, flag);
    Py_DECREF((PyObject *)groups);
    return counts;
}
