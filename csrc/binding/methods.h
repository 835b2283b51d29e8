/* Every method of the module, for its table in module.c. Each is defined in the *_methods.c file of its noun. */
#ifndef DG_METHODS_H
#define DG_METHODS_H

#include "binding/numpy_api.h"

PyObject *dg_py_add_covariance(PyObject *module, PyObject *args, PyObject *kwargs);
PyObject *dg_py_bootstrap_multipliers(PyObject *module, PyObject *args, PyObject *kwargs);
PyObject *dg_py_replicate_totals(PyObject *module, PyObject *args, PyObject *kwargs);
PyObject *dg_py_byte_sum(PyObject *module, PyObject *codes);
PyObject *dg_py_cpu_names(PyObject *module, PyObject *unused);
PyObject *dg_py_compare_proportions(PyObject *module, PyObject *args, PyObject *kwargs);
PyObject *dg_py_compare_paired(PyObject *module, PyObject *args, PyObject *kwargs);
PyObject *dg_py_compare_rates(PyObject *module, PyObject *args, PyObject *kwargs);
PyObject *dg_py_compare_stratified(PyObject *module, PyObject *args, PyObject *kwargs);
PyObject *dg_py_compare_unconditional(PyObject *module, PyObject *args, PyObject *kwargs);
PyObject *dg_py_count(PyObject *module, PyObject *args, PyObject *kwargs);
PyObject *dg_py_count_answers(PyObject *module, PyObject *args, PyObject *kwargs);
PyObject *dg_py_count_weighted(PyObject *module, PyObject *args, PyObject *kwargs);
PyObject *dg_py_cube(PyObject *module, PyObject *args, PyObject *kwargs);
PyObject *dg_py_difference_quantiles(PyObject *module, PyObject *args, PyObject *kwargs);
PyObject *dg_py_integer_range(PyObject *module, PyObject *args, PyObject *kwargs);
PyObject *dg_py_permutation_tails(PyObject *module, PyObject *args, PyObject *kwargs);
PyObject *dg_py_philox_words(PyObject *module, PyObject *args, PyObject *kwargs);
PyObject *dg_py_reached_levels(PyObject *module, PyObject *args, PyObject *kwargs);
PyObject *dg_py_count_ranks(PyObject *module, PyObject *args, PyObject *kwargs);
PyObject *dg_py_count_exceeded(PyObject *module, PyObject *args, PyObject *kwargs);
PyObject *dg_py_shapley_average(PyObject *module, PyObject *args, PyObject *kwargs);
PyObject *dg_py_subset_shares(PyObject *module, PyObject *args, PyObject *kwargs);
PyObject *dg_py_sum_clusters(PyObject *module, PyObject *args, PyObject *kwargs);
PyObject *dg_py_read_cluster_sums(PyObject *module, PyObject *args, PyObject *kwargs);
PyObject *dg_py_resample_counts(PyObject *module, PyObject *args, PyObject *kwargs);
PyObject *dg_py_proportion_interval(PyObject *module, PyObject *args, PyObject *kwargs);
PyObject *dg_py_rate_interval(PyObject *module, PyObject *args, PyObject *kwargs);
PyObject *dg_py_round_digits(PyObject *module, PyObject *args, PyObject *kwargs);
PyObject *dg_py_weight_exponents(PyObject *module, PyObject *args, PyObject *kwargs);
PyObject *dg_py_code_csv(PyObject *module, PyObject *args, PyObject *keywords);
PyObject *dg_py_code_text(PyObject *module, PyObject *args, PyObject *keywords);
PyObject *dg_py_code_fixed(PyObject *module, PyObject *args, PyObject *keywords);
PyObject *dg_py_code_objects(PyObject *module, PyObject *args, PyObject *keywords);
PyObject *dg_py_code_integers(PyObject *module, PyObject *args, PyObject *keywords);

#endif
