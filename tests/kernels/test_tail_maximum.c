#include "harness.h"
#include "kernels/inference/unconditional_side.h"

#include <math.h>

static bool
always(void *context)
{
    (void)context;
    return true;
}

static void
no_point_of_a_grid_is_higher(void)
{
    static const double tables[][5] = {{7, 10, 3, 12, 0.0},
                                       {0, 6, 3, 5, -0.3},
                                       {8, 8, 8, 8, 0.1},
                                       {13, 30, 11, 30, 0.0},
                                       {60, 300, 45, 300, 0.0}};
    for (int i = 0; i < 5; i++) {
        const double *k = tables[i];
        const dg_two_samples samples = {k[0], k[1], k[2], k[3]};
        dg_unconditional_space space;
        CHECK(dg_make_unconditional_space(&space, (size_t)k[1], (size_t)k[3]) == DG_OK);
        const dg_unconditional_side side = dg_near_side(&space, &samples, NULL);
        dg_fill_upper(&side, k[4], dg_side_statistic(&side, k[4]));
        const dg_region_tail tail = dg_upper_tail(&side, k[4]);
        double found, on_grid = 0.0;
        CHECK(dg_side_maximum(&side, &tail, INFINITY, &found) == DG_OK);
        const double start = dg_tail_start(&tail), length = dg_tail_end(&tail) - start;
        for (int j = 0; j <= 3000; j++) {
            on_grid = fmax(on_grid, dg_tail_at(&tail, start + length * j / 3000.0).value);
        }
        CHECK(on_grid <= found + 1e-10 && found < on_grid * 1.01);
        bool below;
        CHECK(dg_tail_stays_below(&tail, &space.grid, found * (1.0 + 1e-9), NULL, &below) ==
                      DG_OK &&
              below);
        CHECK(dg_tail_stays_below(&tail, &space.grid, found * (1.0 - 1e-9), NULL, &below) ==
                      DG_OK &&
              !below);
        dg_free_unconditional_space(&space);
    }
}

static void
stops_when_asked(void)
{
    const dg_two_samples samples = {700, 2000, 600, 2000};
    const dg_stop stop = {always, NULL};
    dg_unconditional_space space;
    CHECK(dg_make_unconditional_space(&space, 2000, 2000) == DG_OK);
    const dg_unconditional_side side = dg_near_side(&space, &samples, &stop);
    dg_fill_upper(&side, 0.0, 1.0);
    const dg_region_tail tail = dg_upper_tail(&side, 0.0);
    double found;
    CHECK(dg_side_maximum(&side, &tail, INFINITY, &found) == DG_STOPPED);
    dg_free_unconditional_space(&space);
}

void
test_tail_maximum(void);
void
test_tail_maximum(void)
{
    RUN(no_point_of_a_grid_is_higher);
    RUN(stops_when_asked);
}
