#include "binding/key_argument.h"

#include "binding/array_argument.h"

#include <string.h>

int
dg_as_key(PyObject *object, dg_philox_key *key)
{
    PyArrayObject *array = dg_as_vector(object, "key");
    if (array == NULL) {
        return -1;
    }
    if (PyArray_TYPE(array) != NPY_UINT64 || PyArray_SIZE(array) != 2 || !PyArray_ISNOTSWAPPED(array)) {
        PyErr_SetString(PyExc_ValueError, "key must be a uint64 array of length 2");
        return -1;
    }
    memcpy(&key->words[0], PyArray_GETPTR1(array, 0), sizeof(uint64_t));
    memcpy(&key->words[1], PyArray_GETPTR1(array, 1), sizeof(uint64_t));
    return 0;
}

int
dg_as_word(PyObject *object, const char *name, uint64_t *number)
{
    PyObject *integer = PyNumber_Index(object);
    if (integer == NULL) {
        return -1;
    }
    *number = PyLong_AsUnsignedLongLong(integer);
    Py_DECREF(integer);
    if (*number == (uint64_t)-1 && PyErr_Occurred()) {
        PyErr_Format(PyExc_ValueError, "%s must be a whole number from 0 to 2**64 - 1", name);
        return -1;
    }
    return 0;
}
