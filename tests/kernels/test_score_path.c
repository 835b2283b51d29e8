#include "harness.h"
#include "kernels/inference/score_path.h"
#include "kernels/inference/score_statistic.h"

#include <math.h>

static const dg_two_samples SOME[] = {
        {56, 70, 48, 80}, {9, 10, 3, 10},   {5, 56, 0, 29},         {10, 10, 0, 20},
        {1, 1, 0, 1},     {20, 20, 20, 20}, {0.25, 1.5, 2.75, 3.5},
};

static double
distance(const dg_restricted *a, const dg_restricted *b)
{
    return fmax(fmax(fabs(a->p1 - b->p1), fabs(a->q1 - b->q1)), fmax(fabs(a->p2 - b->p2), fabs(a->q2 - b->q2)));
}

static void
points_of_the_path_are_restricted_estimates(void)
{
    for (size_t i = 0; i < sizeof SOME / sizeof SOME[0]; i++) {
        for (int m = DG_DIFFERENCE; m <= DG_ODDS_RATIO; m++) {
            const dg_measure measure = (dg_measure)m;
            double before = dg_highest(measure);
            for (double position = 1e-3; position < 1e4 && dg_has_path(&SOME[i], measure); position *= 3.7) {
                const dg_restricted here = dg_restricted_at(&SOME[i], measure, 0.0, position);
                const double null = dg_null_of(&here, measure);
                CHECK(null <= before);
                before = null;
                if (null < dg_highest(measure)) {
                    const dg_restricted solved = dg_restrict(&SOME[i], measure, null);
                    CHECK(distance(&here, &solved) < 1e-9);
                }
            }
        }
    }
}

static void
the_short_form_of_the_statistic_is_the_statistic(void)
{
    for (size_t i = 0; i < sizeof SOME / sizeof SOME[0]; i++) {
        for (int m = DG_DIFFERENCE; m <= DG_ODDS_RATIO; m++) {
            const dg_measure measure = (dg_measure)m;
            for (double position = 1e-3; position < 1e4 && dg_has_path(&SOME[i], measure); position *= 3.7) {
                for (double bend = 0.0; bend < 1.0; bend += m == DG_DIFFERENCE ? 0.5 : 1.0) {
                    const dg_restricted here = dg_restricted_at(&SOME[i], measure, bend, position);
                    const double whole = dg_statistic_of(&here, &SOME[i], measure, DG_SCORE_UNCORRECTED);
                    const double brief = dg_statistic_on_path(&SOME[i], measure, bend, position);
                    CHECK(fabs(brief - whole) <= 1e-13 * fabs(whole));
                }
            }
        }
    }
}

static void
the_path_begins_at_the_data(void)
{
    for (int m = DG_DIFFERENCE; m <= DG_ODDS_RATIO; m++) {
        const dg_restricted start = dg_restricted_at(&SOME[0], (dg_measure)m, 0.0, 0.0);
        CHECK(fabs(start.p1 - 0.8) < 1e-15 && fabs(start.p2 - 0.6) < 1e-15 && start.score == 0.0);
    }
}

static void
just_beyond_a_bend_nothing_is_lost(void)
{
    const dg_two_samples rare = {3, 1e15, 0, 1e15};
    CHECK(dg_first_bend(&rare, DG_DIFFERENCE) == 1e15 && dg_second_bend(&rare, DG_DIFFERENCE) == 0.0);
    CHECK(dg_first_bend(&(dg_two_samples){5, 5, 0, 3}, DG_DIFFERENCE) == 3.0);
    CHECK(dg_second_bend(&(dg_two_samples){5, 5, 0, 3}, DG_DIFFERENCE) == 5.0);
    CHECK(dg_first_bend(&rare, DG_RATIO) == 0.0 && dg_first_bend(&SOME[0], DG_DIFFERENCE) == 0.0);
    const dg_restricted beyond = dg_restricted_at(&rare, DG_DIFFERENCE, 1e15, 0.3);
    CHECK(fabs(beyond.p2 * 1e15 / 0.3 - 1.0) < 1e-14);
}

static void
no_path_where_nothing_is_lower(void)
{
    CHECK(!dg_has_path(&(dg_two_samples){0, 10, 20, 20}, DG_DIFFERENCE) &&
          dg_has_path(&(dg_two_samples){0, 10, 19, 20}, DG_DIFFERENCE));
    CHECK(!dg_has_path(&(dg_two_samples){0, 10, 3, 20}, DG_RATIO) &&
          dg_has_path(&(dg_two_samples){1, 10, 20, 20}, DG_RATIO));
    CHECK(!dg_has_path(&(dg_two_samples){1, 10, 20, 20}, DG_ODDS_RATIO));
}

static void
a_first_guess_is_near(void)
{
    for (int m = DG_DIFFERENCE; m <= DG_ODDS_RATIO; m++) {
        const dg_measure measure = (dg_measure)m;
        const dg_restricted near = dg_restricted_at(&SOME[0], measure, 0.0, dg_position_near(&SOME[0], measure, 1.96));
        const double low = dg_null_of(&near, measure), expected[3] = {0.053, 1.08, 1.28};
        CHECK(fabs(low - expected[m]) < 0.02);
    }
}

void test_score_path(void);
void
test_score_path(void)
{
    RUN(points_of_the_path_are_restricted_estimates);
    RUN(the_short_form_of_the_statistic_is_the_statistic);
    RUN(the_path_begins_at_the_data);
    RUN(just_beyond_a_bend_nothing_is_lost);
    RUN(no_path_where_nothing_is_lower);
    RUN(a_first_guess_is_near);
}
