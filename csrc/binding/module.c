/* The compiled module: its table of methods and its slots; nothing else. */
#define DG_IMPORT_NUMPY
#include "binding/numpy_api.h"

#include "binding/methods.h"

/* A method that takes positional and keyword arguments, as PyMethodDef wants it. */
#define WITH_KEYWORDS(function) (PyCFunction)(void (*)(void))(function), METH_VARARGS | METH_KEYWORDS

static PyMethodDef methods[] = {
        {"byte_sum", dg_py_byte_sum, METH_O, PyDoc_STR("byte_sum(codes)\n--\n\nThe sum of an array of bytes.")},
        {"cpu_names", dg_py_cpu_names, METH_NOARGS,
         PyDoc_STR("cpu_names()\n--\n\nThe instruction sets there are kernels for and this machine has; the fastest last.")},
        {"compare_proportions", WITH_KEYWORDS(dg_py_compare_proportions),
         PyDoc_STR("compare_proportions(count1, nobs1, count2, nobs2, null, measure, method, confidence_level, alternative,\n"
                   "                    interrupt=None)\n--\n\n"
                   "Two proportions compared, table by table: rows estimate, low, high, statistic, pvalue.")},
        {"compare_paired", WITH_KEYWORDS(dg_py_compare_paired),
         PyDoc_STR("compare_paired(both, first_only, second_only, neither, null, measure, method, confidence_level, alternative,\n"
                   "               interrupt=None)\n--\n\n"
                   "The same people asked twice, table by table: rows estimate, low, high, statistic, pvalue.")},
        {"compare_rates", WITH_KEYWORDS(dg_py_compare_rates),
         PyDoc_STR("compare_rates(count1, exposure1, count2, exposure2, null, measure, method, confidence_level, alternative,\n"
                   "              interrupt=None)\n--\n\n"
                   "Two Poisson rates compared, table by table: rows estimate, low, high, statistic, pvalue.")},
        {"compare_stratified", WITH_KEYWORDS(dg_py_compare_stratified),
         PyDoc_STR("compare_stratified(count1, nobs1, count2, nobs2, null, measure, method, confidence_level, alternative,\n"
                   "                   interrupt=None)\n--\n\n"
                   "Two proportions compared within strata, table by table: rows estimate, low, high, statistic, pvalue,\n"
                   "statistic and degrees of freedom of the test of homogeneity.")},
        {"compare_unconditional", WITH_KEYWORDS(dg_py_compare_unconditional),
         PyDoc_STR("compare_unconditional(count1, nobs1, count2, nobs2, null, method, confidence_level, alternative,\n"
                   "                      interrupt=None)\n--\n\n"
                   "Differences of two proportions by an exact unconditional test, table by table: rows estimate, low,\n"
                   "high, statistic, pvalue; and whether the interval holds a null value that the test rejects.")},
        {"count", WITH_KEYWORDS(dg_py_count),
         PyDoc_STR("count(columns, counts, first_row=0, interrupt=None, cpu=None)\n--\n\n"
                   "Add the number of rows in each cell of the crossed columns to counts.")},
        {"count_answers", WITH_KEYWORDS(dg_py_count_answers),
         PyDoc_STR("count_answers(answers, groups, n_groups, n_answers, interrupt=None, cpu=None)\n--\n\n"
                   "How many indicators of each group each unit answered how: units x groups x answers.")},
        {"reached_levels", WITH_KEYWORDS(dg_py_reached_levels),
         PyDoc_STR("reached_levels(counts, meets, asked, states, thresholds, every_group, interrupt=None, cpu=None)\n--\n\n"
                   "The lowest and the highest level each unit can be at, and the highest with evidence; 0 for none.")},
        {"count_weighted", WITH_KEYWORDS(dg_py_count_weighted),
         PyDoc_STR("count_weighted(columns, counts, weight, name, low, sums, squares, first_row=0, interrupt=None,\n"
                   "               cpu=None)\n--\n\n"
                   "Add rows, exact sums of weights and exact sums of squared weights of each cell.")},
        {"weight_exponents", WITH_KEYWORDS(dg_py_weight_exponents),
         PyDoc_STR("weight_exponents(weight, name, first_row=0, interrupt=None)\n--\n\n"
                   "A window of powers of two that holds every bit of the weights.")},
        {"proportion_interval", WITH_KEYWORDS(dg_py_proportion_interval),
         PyDoc_STR("proportion_interval(count, nobs, method, confidence_level, interrupt=None)\n--\n\n"
                   "The interval of each proportion: rows low, high.")},
        {"rate_interval", WITH_KEYWORDS(dg_py_rate_interval),
         PyDoc_STR("rate_interval(count, exposure, method, confidence_level, interrupt=None)\n--\n\n"
                   "The interval of each rate of events: rows low, high.")},
        {"round_digits", WITH_KEYWORDS(dg_py_round_digits),
         PyDoc_STR("round_digits(digits, low)\n--\n\nLong numbers rounded to the nearest float.")},
        {"cube", WITH_KEYWORDS(dg_py_cube), PyDoc_STR("cube(counts, shape)\n--\n\nCounts with every margin.")},
        {"difference_quantiles", WITH_KEYWORDS(dg_py_difference_quantiles),
         PyDoc_STR("difference_quantiles(count1, nobs1, count2, nobs2, tail, interrupt=None)\n--\n\n"
                   "Quantiles of a difference of two resampled shares, as numerators over nobs1 * nobs2.")},
        {"permutation_tails", WITH_KEYWORDS(dg_py_permutation_tails),
         PyDoc_STR("permutation_tails(count1, nobs1, count2, nobs2)\n--\n\n"
                   "How likely at most, and at least, this difference of two shares is when people are shuffled.")},
        {"philox_words", WITH_KEYWORDS(dg_py_philox_words),
         PyDoc_STR("philox_words(key, replicate, n)\n--\n\nThe first random words of a replicate.")},
        {"resample_counts", WITH_KEYWORDS(dg_py_resample_counts),
         PyDoc_STR("resample_counts(counts, key, first, n_replicates, kind, interrupt=None)\n--\n\n"
                   "Tables of groups by answers drawn again: replicates x groups x answers.")},
        {"count_ranks", WITH_KEYWORDS(dg_py_count_ranks),
         PyDoc_STR("count_ranks(value, own, shared, key, first, n_replicates, interrupt=None)\n--\n\n"
                   "How often each unit has each rank when values are drawn again: units x ranks.")},
        {"count_exceeded", WITH_KEYWORDS(dg_py_count_exceeded),
         PyDoc_STR("count_exceeded(value, own, shared, upper, lower, weight, seen, starts, key, first, n_replicates, "
                   "interrupt=None)\n--\n\n"
                   "How often the largest difference still in question is at least as large as each one seen.")},
        {"sum_clusters", WITH_KEYWORDS(dg_py_sum_clusters),
         PyDoc_STR("sum_clusters(cluster, domain, n_clusters, n_domains, columns, terms, lows, first_row=0,\n"
                   "             interrupt=None)\n--\n\n"
                   "Exact sums of products of columns by cluster and domain, to be read by read_cluster_sums.")},
        {"read_cluster_sums", WITH_KEYWORDS(dg_py_read_cluster_sums),
         PyDoc_STR("read_cluster_sums(parts, interrupt=None)\n--\n\n"
                   "Results of sum_clusters added up: clusters, domains, rows, and sums by term, each rounded once.")},
        {"subset_shares", WITH_KEYWORDS(dg_py_subset_shares),
         PyDoc_STR("subset_shares(matrices, floors, sizes, interrupt=None)\n--\n\n"
                   "What players, blocks of columns, each add to the explained sum of squares, over all orders.")},
        {"shapley_average", WITH_KEYWORDS(dg_py_shapley_average),
         PyDoc_STR("shapley_average(values, interrupt=None)\n--\n\n"
                   "What players each add to a function of sets of players, over all orders: tables x players.")},
        {"add_covariance", WITH_KEYWORDS(dg_py_add_covariance),
         PyDoc_STR("add_covariance(cluster, statistic, score, groups, factor, blocks, covariance, centre=None,\n"
                   "               interrupt=None)\n--\n\n"
                   "Add the covariances of sums over clusters, within blocks of statistics.")},
        {"bootstrap_multipliers", WITH_KEYWORDS(dg_py_bootstrap_multipliers),
         PyDoc_STR("bootstrap_multipliers(sizes, fractions, key, first, n_replicates, interrupt=None)\n--\n\n"
                   "What clusters count for when n - 1 of the n in each stratum are drawn: clusters x replicates.")},
        {"replicate_totals", WITH_KEYWORDS(dg_py_replicate_totals),
         PyDoc_STR("replicate_totals(cluster, domain, sums, multipliers, n_domains, interrupt=None)\n--\n\n"
                   "Sums of each domain when clusters count for something else: domains x replicates.")},
        {"integer_range", WITH_KEYWORDS(dg_py_integer_range),
         PyDoc_STR("integer_range(codes, interrupt=None)\n--\n\nThe smallest and the largest code.")},
        {"code_csv", WITH_KEYWORDS(dg_py_code_csv),
         PyDoc_STR("code_csv(text, start, is_last, n_columns, wanted, codes, interrupt=None)\n--\n\n"
                   "Code some columns of CSV text: the number of rows, where they end, and the labels in order of first\n"
                   "appearance.")},
        {"code_text", WITH_KEYWORDS(dg_py_code_text),
         PyDoc_STR("code_text(layout, index, texts, valid, offset, codes, name, first_row, interrupt=None)\n--\n\n"
                   "Code rows of an Arrow text column; the labels in order of first appearance.")},
        {"code_fixed", WITH_KEYWORDS(dg_py_code_fixed),
         PyDoc_STR("code_fixed(array, codes, name, first_row, interrupt=None)\n--\n\n"
                   "Code a NumPy text array; the labels in order of first appearance.")},
        {"code_objects", WITH_KEYWORDS(dg_py_code_objects),
         PyDoc_STR("code_objects(array, codes, name, first_row, interrupt=None)\n--\n\n"
                   "Code an array of Python strings; the labels in order of first appearance.")},
        {"code_integers", WITH_KEYWORDS(dg_py_code_integers),
         PyDoc_STR("code_integers(array, codes, name, valid=None, offset=0, interrupt=None)\n--\n\n"
                   "Code 64-bit integers; the distinct ones in order of first appearance.")},
        {NULL, NULL, 0, NULL},
};

static int
import_numpy(PyObject *Py_UNUSED(module))
{
    return PyArray_ImportNumPyAPI();
}

static PyModuleDef_Slot slots[] = {
        {Py_mod_exec, (void *)import_numpy},
#ifdef Py_mod_multiple_interpreters /* NumPy itself cannot be loaded into a second interpreter */
        {Py_mod_multiple_interpreters, Py_MOD_MULTIPLE_INTERPRETERS_NOT_SUPPORTED},
#endif
#ifdef Py_mod_gil
        {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
        {0, NULL},
};

static struct PyModuleDef definition = {
        .m_base = PyModuleDef_HEAD_INIT,
        .m_name = "dueregard._core",
        .m_doc = PyDoc_STR("The compiled kernels of dueregard, behind checks of their arguments."),
        .m_size = 0,
        .m_methods = methods,
        .m_slots = slots,
};

PyMODINIT_FUNC
PyInit__core(void)
{
    return PyModuleDef_Init(&definition);
}
