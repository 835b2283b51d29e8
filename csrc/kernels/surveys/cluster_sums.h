/* Rows added up by cluster and domain, exactly: the same bits whatever the order of rows and however they are split.
 *
 * Rows are taken in slices, each of which comes to a run. Runs are merged whenever one is not much smaller than the one
 * before it, so that memory goes with the number of pairs and time with the number of rows.
 */
#ifndef DG_CLUSTER_SUMS_H
#define DG_CLUSTER_SUMS_H

#include "kernels/surveys/slice_sums.h"

/* The run of rows first .. first + n - 1, which is due to be freed. Refuses what dg_sum_slice refuses. */
dg_status dg_sum_clusters(const dg_pair_layout *layout, const dg_cluster_rows *rows, size_t first, size_t n,
                          dg_cluster_run *run, const dg_stop *stop, dg_bad_cluster_row *bad);

#endif
