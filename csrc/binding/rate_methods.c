#include "binding/comparison_argument.h"
#include "binding/methods.h"
#include "kernels/inference/rate_methods.h"

PyObject *
dg_py_compare_rates(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"count1",  "exposure1", "count2",           "exposure2",   "null",
                            "measure", "method",    "confidence_level", "alternative", "interrupt", NULL};
    return dg_compare_vectors(args, kwargs, "OOOOOssds|O:compare_rates", names, dg_find_rate_method);
}
