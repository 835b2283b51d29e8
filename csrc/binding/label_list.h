/* A table of labels as a Python list, and the decoders that make text of their bytes. */
#ifndef DG_LABEL_LIST_H
#define DG_LABEL_LIST_H

#include "binding/numpy_api.h"

#include <stdbool.h>

#include "kernels/coding/label_table.h"

/* What messages about a column need. */
struct dg_column_place {
    const char *name;
    npy_intp first_row; /* the row number of codes[0] */
    const npy_int32 *codes;
    npy_intp n_rows;
};

/* The labels of a table of UTF-8 texts, in code order; ValueError naming the first row that is not UTF-8. */
PyObject *dg_list_utf8(const struct dg_label_table *table, const struct dg_column_place *place);

/* The labels of a table of NumPy's four-byte characters, without the zeros that pad them. */
PyObject *dg_list_ucs4(const struct dg_label_table *table, bool swapped, const struct dg_column_place *place);

#endif
