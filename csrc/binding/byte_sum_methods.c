#include "binding/array_argument.h"
#include "binding/methods.h"
#include "kernels/counting/byte_sum.h"

PyObject *
dg_py_byte_sum(PyObject *Py_UNUSED(module), PyObject *codes)
{
    PyArrayObject *array = dg_as_vector(codes, "codes");
    if (array == NULL) {
        return NULL;
    }
    if (PyArray_TYPE(array) != NPY_UINT8 || !PyArray_IS_C_CONTIGUOUS(array)) {
        PyErr_Format(PyExc_TypeError, "codes must be a contiguous array of uint8, not %R", PyArray_DESCR(array));
        return NULL;
    }
    const uint8_t *bytes = PyArray_DATA(array);
    size_t n = (size_t)PyArray_SIZE(array);
    uint64_t sum = 0;
    Py_BEGIN_ALLOW_THREADS
    sum = dg_byte_sum(bytes, n);
    Py_END_ALLOW_THREADS
    return PyLong_FromUnsignedLongLong(sum);
}
