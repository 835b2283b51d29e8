#include "binding/array_argument.h"
#include "binding/methods.h"
#include "kernels/counting/digit_rounding.h"

/* A sum of doubles has no bit outside this, with room for every count of rows; a wider low is a mistake. */
#define WIDEST_LOW 1000000

static void
round_rows(const uint64_t *digits, npy_intp n, npy_intp n_digits, int low, double *rounded)
{
    for (npy_intp i = 0; i < n; i++) {
        rounded[i] = dg_round_digits(digits + i * n_digits, (size_t)n_digits, low);
    }
}

static int
check_digits(PyArrayObject *digits)
{
    const uint64_t *words = PyArray_DATA(digits);
    for (npy_intp i = 0; i < PyArray_SIZE(digits); i++) {
        if (words[i] >> 32 != 0) {
            PyErr_Format(PyExc_ValueError, "digits must be below 2**32, but row %zd holds %llu", i / PyArray_DIM(digits, 1),
                         (unsigned long long)words[i]);
            return -1;
        }
    }
    return 0;
}

/* A new reference to the digits as a C-contiguous, aligned array of native uint64. */
static PyArrayObject *
as_digits(PyObject *object)
{
    if (!PyArray_Check(object) || PyArray_TYPE((PyArrayObject *)object) != NPY_UINT64 ||
        PyArray_NDIM((PyArrayObject *)object) != 2) {
        PyErr_SetString(PyExc_TypeError, "digits must be a two-dimensional array of uint64");
        return NULL;
    }
    return (PyArrayObject *)PyArray_FROM_OTF(object, NPY_UINT64, NPY_ARRAY_CARRAY_RO | NPY_ARRAY_NOTSWAPPED);
}

PyObject *
dg_py_round_digits(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"digits", "low", NULL};
    PyObject *object;
    int low;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "Oi:round_digits", names, &object, &low)) {
        return NULL;
    }
    if (low < -WIDEST_LOW || low > WIDEST_LOW) {
        return PyErr_Format(PyExc_ValueError, "low must lie from %d to %d, not %d", -WIDEST_LOW, WIDEST_LOW, low);
    }
    PyArrayObject *digits = as_digits(object);
    if (digits == NULL) {
        return NULL;
    }
    npy_intp n = PyArray_DIM(digits, 0);
    PyObject *rounded = check_digits(digits) < 0 ? NULL : PyArray_SimpleNew(1, &n, NPY_DOUBLE);
    if (rounded != NULL) {
        round_rows(PyArray_DATA(digits), n, PyArray_DIM(digits, 1), low, PyArray_DATA((PyArrayObject *)rounded));
    }
    Py_DECREF(digits);
    return rounded;
}
