#include "kernels/counting/cube_margins.h"

#include <string.h>

bool
dg_margins_overflow(const int64_t *counts, size_t n_cells)
{
    unsigned __int128 total = 0;
    for (size_t cell = 0; cell < n_cells; cell++) {
        const uint64_t bits = (uint64_t)counts[cell];
        total += counts[cell] < 0 ? 0 - bits : bits;
    }
    return total > INT64_MAX;
}

/* Cells of axes first .. n_axes - 1, with `more` positions more on each. */
static size_t
run_length(const size_t *shape, size_t first, size_t n_axes, size_t more)
{
    size_t cells = 1;
    for (size_t axis = first; axis < n_axes; axis++) {
        cells *= shape[axis] + more;
    }
    return cells;
}

/* Copies the table into the corner of the cube where no axis is at its total. */
static void
copy_corner(const int64_t *counts, const size_t *shape, size_t n_axes, int64_t *cube)
{
    if (n_axes == 0) {
        cube[0] = counts[0];
        return;
    }
    if (n_axes == 1) {
        memcpy(cube, counts, shape[0] * sizeof(int64_t));
        return;
    }
    const size_t from = run_length(shape, 1, n_axes, 0), to = run_length(shape, 1, n_axes, 1);
    for (size_t i = 0; i < shape[0] && from != 0; i++) {
        copy_corner(counts + i * from, shape + 1, n_axes - 1, cube + i * to);
    }
}

/* total = the sum of n runs of `length` numbers, which lie one after the other. */
static void
add_runs(const int64_t *runs, size_t n, size_t length, int64_t *restrict total)
{
    memset(total, 0, length * sizeof(int64_t));
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < length; k++) {
            total[k] += runs[i * length + k];
        }
    }
}

/* Totals over one axis, wherever the axes before it are not at their own totals. */
static void
add_axis(const size_t *shape, size_t n_axes, size_t axis, int64_t *cube)
{
    const size_t length = run_length(shape, axis + 1, n_axes, 1);
    if (axis == 0) {
        add_runs(cube, shape[0], length, cube + shape[0] * length);
        return;
    }
    const size_t step = run_length(shape, 1, n_axes, 1);
    for (size_t i = 0; i < shape[0]; i++) {
        add_axis(shape + 1, n_axes - 1, axis - 1, cube + i * step);
    }
}

void
dg_cube_margins(const int64_t *counts, const size_t *shape, size_t n_axes, int64_t *cube)
{
    copy_corner(counts, shape, n_axes, cube);
    for (size_t axis = n_axes; axis-- > 0;) {
        add_axis(shape, n_axes, axis, cube);
    }
}
