#include "harness.h"
#include "kernels/importance/shapley_average.h"
#include "kernels/importance/shapley_weights.h"

#include <math.h>
#include <stdlib.h>

static bool
near(double a, double b)
{
    return fabs(a - b) <= 1e-14 * (1.0 + fabs(b));
}

static void
weights_of_all_sets_of_others_sum_to_one(void)
{
    for (size_t p = 1; p <= DG_MAX_PLAYERS; p++) {
        double weights[DG_MAX_PLAYERS], ways = 1.0, sum = 0.0;
        dg_shapley_weights(p, weights);
        for (size_t s = 0; s < p; s++) {
            sum += ways * weights[s];
            ways *= (double)(p - 1 - s) / (double)(s + 1);
        }
        CHECK(near(sum, 1.0));
        CHECK(weights[0] == 1.0 / (double)p && weights[p - 1] == weights[0]);
    }
}

static void
two_tables_of_two_players(void)
{
    /* 3 alone and 4 with the other before: 7 / 2; 2 alone and 3 after: 5 / 2. In the other only the second counts. */
    static const double values[] = {1.0, 4.0, 3.0, 7.0, 0.0, 0.0, 5.0, 5.0};
    const dg_set_functions functions = {values, 2, 2};
    double averages[4];
    CHECK(dg_shapley_average(&functions, averages, NULL) == DG_OK);
    CHECK(averages[0] == 3.5 && averages[1] == 2.5);
    CHECK(averages[2] == 0.0 && averages[3] == 5.0);
}

static void
one_player_has_all(void)
{
    static const double values[] = {2.0, 9.0};
    const dg_set_functions functions = {values, 1, 1};
    double average;
    CHECK(dg_shapley_average(&functions, &average, NULL) == DG_OK && average == 7.0);
}

/* Gloves: the first player has a left one, all others a right one; a pair is worth 1. Enough sets for several blocks. */
static void
many_players_sum_to_the_whole(void)
{
    enum { P = 16 };
    double *values = malloc(((size_t)1 << P) * sizeof *values), averages[P], sum = 0.0;
    for (size_t set = 0; set < (size_t)1 << P; set++) {
        values[set] = (set & 1) && set > 1 ? 1.0 : 0.0;
    }
    const dg_set_functions functions = {values, 1, P};
    CHECK(dg_shapley_average(&functions, averages, NULL) == DG_OK);
    CHECK(near(averages[0], (P - 1.0) / P)); /* unless first of all, he makes a pair */
    for (size_t player = 0; player < P; player++) {
        CHECK(player == 0 || near(averages[player], 1.0 / (P * (P - 1.0))));
        sum += averages[player];
    }
    CHECK(near(sum, 1.0));
    free(values);
}

static bool
always(void *context)
{
    (void)context;
    return true;
}

static void
it_stops_when_asked(void)
{
    static const double values[] = {0.0, 1.0};
    const dg_set_functions functions = {values, 1, 1};
    const dg_stop stop = {always, NULL};
    double average;
    CHECK(dg_shapley_average(&functions, &average, &stop) == DG_STOPPED);
}

void test_shapley_average(void);
void
test_shapley_average(void)
{
    RUN(weights_of_all_sets_of_others_sum_to_one);
    RUN(two_tables_of_two_players);
    RUN(one_player_has_all);
    RUN(many_players_sum_to_the_whole);
    RUN(it_stops_when_asked);
}
