#include "binding/comparison_argument.h"
#include "binding/methods.h"
#include "kernels/inference/proportion_methods.h"

PyObject *
dg_py_compare_proportions(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"count1", "nobs1",  "count2",           "nobs2",       "null",
                            "measure", "method", "confidence_level", "alternative", "interrupt", NULL};
    return dg_compare_vectors(args, kwargs, "OOOOOssds|O:compare_proportions", names, dg_find_proportion_method);
}
