#include "harness.h"
#include "kernels/importance/shapley_weights.h"
#include "kernels/importance/subset_sweep.h"

#include <math.h>
#include <stdlib.h>

static bool
near(double a, double b)
{
    return fabs(a - b) <= 1e-14 * (1.0 + fabs(b));
}

static const double FLOORS[] = {1e-9, 1e-9, 1e-9, 1e-9};

/* One matrix with the outcome last. */
static dg_status
share_out(const double *matrix, const int32_t *sizes, size_t n_players, size_t n_columns, double *shares)
{
    const dg_residual_products products = {matrix, FLOORS, 1, n_columns};
    const dg_players players = {sizes, n_players};
    return dg_subset_shares(&products, &players, shares, NULL);
}

static void
two_columns_by_hand(void)
{
    /* Alone 0.25 and 0.16; together (0.25 + 0.16 - 2 x 0.5 x 0.4 x 0.5) / (1 - 0.25) = 0.28. */
    static const double matrix[] = {1.0, 0.5, 0.5, 0.5, 1.0, 0.4, 0.5, 0.4, 1.0};
    static const int32_t sizes[] = {1, 1};
    double shares[2];
    CHECK(share_out(matrix, sizes, 2, 2, shares) == DG_OK);
    CHECK(near(shares[0], (0.25 + 0.28 - 0.16) / 2) && near(shares[1], (0.16 + 0.28 - 0.25) / 2));
}

static void
columns_that_have_nothing_in_common_keep_their_own(void)
{
    static const double matrix[] = {4.0, 0.0, 0.0, 2.0, 0.0, 1.0, 0.0, 3.0, 0.0, 0.0, 2.0, 0.0, 2.0, 3.0, 0.0, 90.0};
    static const int32_t sizes[] = {1, 1, 1};
    double shares[3];
    CHECK(share_out(matrix, sizes, 3, 3, shares) == DG_OK);
    CHECK(near(shares[0], 1.0) && near(shares[1], 9.0) && near(shares[2], 0.0));
}

static void
columns_of_one_player_come_and_go_together(void)
{
    static const double matrix[] = {1.0, 0.5, 0.0, 0.5, 0.5, 1.0, 0.0, 0.4, 0.0, 0.0, 1.0, 0.3, 0.5, 0.4, 0.3, 1.0};
    static const int32_t first_wide[] = {2, 1}, all[] = {3};
    double shares[2];
    CHECK(share_out(matrix, first_wide, 2, 3, shares) == DG_OK);
    CHECK(near(shares[0], 0.28) && near(shares[1], 0.09));
    CHECK(share_out(matrix, all, 1, 3, shares) == DG_OK && near(shares[0], 0.37));
}

static void
the_same_column_twice_shares_what_it_explains(void)
{
    static const double matrix[] = {1.0, 1.0, 0.0, 0.6, 1.0, 1.0, 0.0, 0.6, 0.0, 0.0, 0.0, 0.0, 0.6, 0.6, 0.0, 1.0};
    static const int32_t sizes[] = {1, 1, 1};
    double shares[3];
    CHECK(share_out(matrix, sizes, 3, 3, shares) == DG_OK);
    CHECK(near(shares[0], 0.18) && near(shares[1], 0.18) && shares[2] == 0.0);
}

static void
what_is_not_known_makes_no_share(void)
{
    static const double matrix[] = {NAN, 0.5, 0.5, 1.0};
    static const int32_t sizes[] = {1};
    double share;
    CHECK(share_out(matrix, sizes, 1, 1, &share) == DG_OK && isnan(share));
}

/* Columns with the correlation r among each other and q with the outcome: k of them explain k q**2 / (1 + (k - 1) r). */
enum { P = 15, SIDE = P + 1 };
static const double R = 0.3, Q = 0.2;
static double many[2 * SIDE * SIDE], many_floors[2 * P];

static void
make_many(void)
{
    for (size_t i = 0; i < 2 * SIDE * SIDE; i++) {
        const size_t row = i / SIDE % SIDE, column = i % SIDE;
        many[i] = row == column ? 1.0 : row == P || column == P ? Q : R;
    }
}

static void
many_equal_columns_have_equal_shares(void)
{
    static const int32_t sizes[P] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    double shares[2 * P];
    make_many();
    const dg_residual_products products = {many, many_floors, 2, P};
    const dg_players players = {sizes, P};
    CHECK(dg_subset_shares(&products, &players, shares, NULL) == DG_OK);
    for (size_t player = 0; player < P; player++) {
        CHECK(near(shares[player], Q * Q / (1.0 + (P - 1) * R)));
        CHECK(shares[player] == shares[P + player]); /* a matrix knows nothing of those before it */
    }
}

static void
no_matrices_have_no_shares(void)
{
    static const int32_t sizes[] = {1, 1};
    const dg_residual_products none = {NULL, NULL, 0, 2};
    const dg_players players = {sizes, 2};
    double shares[] = {7.0, 8.0};
    CHECK(dg_subset_shares(&none, &players, shares, NULL) == DG_OK && shares[0] == 7.0 && shares[1] == 8.0);
}

/* Says so once, after it has been asked so often. */
static bool
once(void *context)
{
    return --*(int *)context == 0;
}

static void
it_stops_when_asked_once(void)
{
    static const int32_t sizes[P] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    double shares[2 * P];
    make_many();
    const dg_residual_products products = {many, many_floors, 2, P};
    const dg_players players = {sizes, P};
    for (int asked = 1; asked <= 10; asked++) {
        int left = asked;
        const dg_stop stop = {once, &left};
        CHECK(dg_subset_shares(&products, &players, shares, &stop) == DG_STOPPED);
        CHECK(left == 0);
    }
}

void test_subset_sweep(void);
void
test_subset_sweep(void)
{
    RUN(two_columns_by_hand);
    RUN(columns_that_have_nothing_in_common_keep_their_own);
    RUN(columns_of_one_player_come_and_go_together);
    RUN(the_same_column_twice_shares_what_it_explains);
    RUN(what_is_not_known_makes_no_share);
    RUN(many_equal_columns_have_equal_shares);
    RUN(no_matrices_have_no_shares);
    RUN(it_stops_when_asked_once);
}
