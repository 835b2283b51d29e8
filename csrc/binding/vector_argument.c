#include "binding/vector_argument.h"

#include "binding/array_argument.h"

static const char *
name_of(int typenum)
{
    return typenum == NPY_INT32 ? "int32" : typenum == NPY_INT64 ? "int64" : "float64";
}

/* A borrowed view of a vector of this type, in this byte order or the other. */
static PyArrayObject *
as_typed(PyObject *object, const char *name, int typenum, npy_intp n)
{
    PyArrayObject *array = dg_as_vector(object, name);
    if (array == NULL) {
        return NULL;
    }
    if (PyArray_TYPE(array) != typenum) {
        PyErr_Format(PyExc_TypeError, "%s must be an array of %s", name, name_of(typenum));
        return NULL;
    }
    if (n >= 0 && PyArray_SIZE(array) != n) {
        PyErr_Format(PyExc_ValueError, "%s has %zd entries, not %zd", name, PyArray_SIZE(array), n);
        return NULL;
    }
    return array;
}

PyArrayObject *
dg_as_column(PyObject *object, const char *name, int typenum, npy_intp n)
{
    PyArrayObject *array = as_typed(object, name, typenum, n);
    if (array != NULL && !PyArray_ISCARRAY_RO(array)) {
        PyErr_Format(PyExc_ValueError, "%s must be contiguous, aligned and in native byte order", name);
        return NULL;
    }
    return array;
}

PyArrayObject *
dg_copy_vector(PyObject *object, const char *name, int typenum, npy_intp n)
{
    const int flags = NPY_ARRAY_IN_ARRAY | NPY_ARRAY_NOTSWAPPED | NPY_ARRAY_ENSURECOPY;
    PyArrayObject *array = as_typed(object, name, typenum, n);
    return array == NULL ? NULL : (PyArrayObject *)PyArray_FROM_OTF((PyObject *)array, typenum, flags);
}
