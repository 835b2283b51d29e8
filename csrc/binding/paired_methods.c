#include "binding/comparison_argument.h"
#include "binding/methods.h"
#include "kernels/inference/paired_table.h"

static dg_status
compare_pairs(const void *method, const dg_question *question, const double *const *in, size_t n,
              const dg_comparison_columns *answers, const dg_stop *stop)
{
    const dg_paired_tables tables = {in[0], in[1], in[2], in[3], in[4], n};
    return dg_compare_paired_tables(method, question, &tables, answers, stop);
}

PyObject *
dg_py_compare_paired(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"both",    "first_only", "second_only",      "neither",     "null",
                            "measure", "method",     "confidence_level", "alternative", "interrupt", NULL};
    dg_comparison_call call;
    if (dg_read_comparison(&call, args, kwargs, "OOOOOssds|O:compare_paired", names) < 0) {
        return NULL;
    }
    const dg_paired_method *method = dg_find_paired_method(call.measure, call.method_name);
    PyObject *result = method == NULL ? dg_raise_no_method(&call)
                                      : dg_answer_comparison(&call, compare_pairs, method, method->measure);
    dg_release_comparison(&call);
    return result;
}
