#include "harness.h"
#include "kernels/checked_size.h"

#include <stdint.h>

static void
products_that_fit(void)
{
    size_t product = 0;
    CHECK(dg_checked_multiply(6, 7, &product) && product == 42);
    CHECK(dg_checked_multiply(0, SIZE_MAX, &product) && product == 0);
}

static void
products_and_sums_that_do_not_fit(void)
{
    size_t result;
    CHECK(!dg_checked_multiply(SIZE_MAX / 2, 3, &result));
    CHECK(!dg_checked_add(SIZE_MAX, 1, &result));
    CHECK(dg_checked_add(SIZE_MAX - 1, 1, &result) && result == SIZE_MAX);
}

void test_checked_size(void);
void
test_checked_size(void)
{
    RUN(products_that_fit);
    RUN(products_and_sums_that_do_not_fit);
}
