#include "binding/cpu_argument.h"

#include "binding/methods.h"

const dg_loops *
dg_as_loops(PyObject *name)
{
    if (name == Py_None) {
        return dg_best_loops();
    }
    const char *text = PyUnicode_AsUTF8(name); /* TypeError when it is no text */
    const dg_loops *loops = text == NULL ? NULL : dg_named_loops(text);
    if (loops == NULL && !PyErr_Occurred()) {
        PyErr_Format(PyExc_ValueError, "cpu must be one of those in cpu_names(), not %R", name);
    }
    return loops;
}

PyObject *
dg_py_cpu_names(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    const dg_loops *loops[DG_MOST_LOOPS];
    const size_t n = dg_available_loops(loops);
    PyObject *names = PyTuple_New((Py_ssize_t)n);
    for (size_t i = 0; i < n && names != NULL; i++) {
        PyObject *name = PyUnicode_FromString(loops[i]->name);
        if (name == NULL) {
            Py_CLEAR(names);
            break;
        }
        PyTuple_SET_ITEM(names, (Py_ssize_t)i, name);
    }
    return names;
}
