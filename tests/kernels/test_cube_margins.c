#include "harness.h"
#include "kernels/counting/cube_margins.h"

static void
two_axes(void)
{
    static const int64_t counts[6] = {1, 2, 3, 4, 5, 6};
    static const int64_t with_margins[12] = {1, 2, 3, 6, 4, 5, 6, 15, 5, 7, 9, 21};
    int64_t cube[12];
    dg_cube_margins(counts, (size_t[]){2, 3}, 2, cube);
    for (int i = 0; i < 12; i++) {
        CHECK(cube[i] == with_margins[i]);
    }
}

static void
three_axes(void)
{
    int64_t counts[24], cube[60];
    for (int i = 0; i < 24; i++) {
        counts[i] = i * i;
    }
    dg_cube_margins(counts, (size_t[]){2, 3, 4}, 3, cube);
    for (int i = 0; i <= 2; i++) {
        for (int j = 0; j <= 3; j++) {
            for (int k = 0; k <= 4; k++) {
                int64_t total = 0;
                for (int cell = 0; cell < 24; cell++) {
                    const bool in = (i == 2 || i == cell / 12) && (j == 3 || j == cell / 4 % 3) && (k == 4 || k == cell % 4);
                    total += in ? counts[cell] : 0;
                }
                CHECK(cube[(i * 4 + j) * 5 + k] == total);
            }
        }
    }
}

static void
no_axes_and_empty_axes(void)
{
    int64_t cube[8] = {9, 9, 9, 9, 9, 9, 9, 9};
    dg_cube_margins((int64_t[]){7}, (size_t[]){1}, 0, cube);
    CHECK(cube[0] == 7);
    dg_cube_margins((int64_t[]){0}, (size_t[]){0, 2}, 2, cube);
    CHECK(cube[0] == 0 && cube[1] == 0 && cube[2] == 0);
    dg_cube_margins((int64_t[]){0}, (size_t[]){2, 0}, 2, cube);
    CHECK(cube[0] == 0 && cube[1] == 0 && cube[2] == 0);
}

static void
overflow(void)
{
    CHECK(!dg_margins_overflow((int64_t[]){INT64_MAX, 0}, 2));
    CHECK(dg_margins_overflow((int64_t[]){INT64_MAX, 1}, 2));
    CHECK(dg_margins_overflow((int64_t[]){INT64_MIN}, 1));
    CHECK(!dg_margins_overflow((int64_t[]){-5, 5}, 2));
}

void test_cube_margins(void);
void
test_cube_margins(void)
{
    RUN(two_axes);
    RUN(three_axes);
    RUN(no_axes_and_empty_axes);
    RUN(overflow);
}
