/* Arguments and results that all comparisons of two groups share. */
#ifndef DG_COMPARISON_ARGUMENT_H
#define DG_COMPARISON_ARGUMENT_H

#include "binding/numpy_api.h"
#include "kernels/inference/comparison.h"

/* Finds a method by measure and name; NULL when there is none. */
typedef const dg_comparison_method *(*dg_find_method)(dg_measure measure, const char *name);

/* The whole of a method `f(count1, nobs1, count2, nobs2, null, measure, method, confidence_level, alternative, interrupt=None)`:
 * five vectors of float64 of one length in, a float64 array of shape (5, length) out, whose rows are estimate, low, high,
 * statistic and pvalue. `names` are the ten names of the parameters, `format` PyArg_ParseTupleAndKeywords' with the method's name. */
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
