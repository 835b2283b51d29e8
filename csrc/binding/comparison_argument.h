/* Arguments and results that all comparisons of two groups share. */
#ifndef DG_COMPARISON_ARGUMENT_H
#define DG_COMPARISON_ARGUMENT_H

#include "binding/numpy_api.h"
#include "kernels/inference/comparison.h"

/* Four vectors of counts and one of null values. */
#define DG_COMPARISON_VECTORS 5

/* What a call of `f(..., null, measure, method, confidence_level, alternative, interrupt=None)` asks, the dots being four vectors. */
typedef struct {
    PyArrayObject *vectors[DG_COMPARISON_VECTORS]; /* owned: float64, of one length */
    const char *measure_name, *method_name;        /* borrowed from the arguments */
    dg_measure measure;
    dg_alternative alternative;
    double confidence_level;
    const npy_uint8 *flag;
} dg_comparison_call;

/* `names` are the ten names of the parameters, `format` PyArg_ParseTupleAndKeywords' with the method's name. On -1 an exception is
 * set and there is nothing to release. */
int dg_read_comparison(dg_comparison_call *call, PyObject *args, PyObject *kwargs, const char *format, char **names);
void dg_release_comparison(dg_comparison_call *call);

/* Answers the question for each of n tables by a method found before. */
typedef dg_status (*dg_compare_columns)(const void *method, const dg_question *question, const double *const *vectors, size_t n,
                                        const dg_comparison_columns *answers, const dg_stop *stop);

/* A float64 array of shape (5, length), whose rows are estimate, low, high, statistic and pvalue. */
PyObject *dg_answer_comparison(const dg_comparison_call *call, dg_compare_columns compare, const void *method,
                               dg_measure measure);

/* ValueError: the measure has no method of that name. Returns NULL. */
PyObject *dg_raise_no_method(const dg_comparison_call *call);

/* Finds a method by measure and name; NULL when there is none. */
typedef const dg_comparison_method *(*dg_find_method)(dg_measure measure, const char *name);

/* The whole of a method that compares two independent samples, (count1, nobs1, count2, nobs2, null, ...). */
PyObject *dg_compare_vectors(PyObject *args, PyObject *kwargs, const char *format, char **names, dg_find_method find);

/* "two-sided", "less", "greater"; ValueError listing them otherwise. */
int dg_as_alternative(const char *name, dg_alternative *alternative);

/* "difference", "ratio", "odds-ratio"; ValueError listing them otherwise. */
int dg_as_measure(const char *name, dg_measure *measure);

/* Between 0 and 1, exclusive; ValueError otherwise. */
int dg_check_level(double confidence_level);

/* A C-contiguous float64 vector (a new reference, converted if need be) of `length` values, or of any length where it is -1. */
PyArrayObject *dg_as_floats(PyObject *object, const char *name, npy_intp length);

#endif
