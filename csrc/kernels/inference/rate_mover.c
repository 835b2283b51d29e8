#include "kernels/inference/rate_mover.h"

#include "kernels/inference/rate_ratio.h"
#include "kernels/inference/root.h"

#include <math.h>

/* The root of a count's lower score limit: both roots' product is x^2. */
static double
root_of_lower(double x, double z)
{
    return x > 0.0 ? x / (sqrt(x + 0.25 * z * z) + 0.5 * z) : 0.0;
}

/* How far the score limits of a count lie below and above it. */
static double
below(double x, double z)
{
    return z * root_of_lower(x, z);
}

static double
above(double x, double z)
{
    return z * (sqrt(x + 0.25 * z * z) + 0.5 * z);
}

/* w1 x1 - w2 x2 and a distance below it. */
typedef struct {
    double x1, w1, x2, w2, distance;
} contrast;

static double
reach_down(const contrast *of, double z)
{
    return hypot(of->w1 * below(of->x1, z), of->w2 * above(of->x2, z));
}

static double
beyond_distance(double z, const void *context)
{
    const contrast *of = context;
    return reach_down(of, z) - of->distance;
}

/* The z at which the reach is the distance: at most the z at which the second count's part alone, w2 z^2 or more, is as long. */
static double
errors_to(const contrast *of)
{
    const double most = sqrt(of->distance / of->w2);
    const dg_bracket bracket = {0.0, most, -of->distance, beyond_distance(most, of)};
    return of->distance > 0.0 ? dg_find_root(beyond_distance, of, bracket, 0.0) : 0.0;
}

/* The z, with a sign, at which the limits of w1 x1 - w2 x2 end at `gap` below it (above, where negative). */
static double
signed_errors(const dg_two_samples *samples, double w1, double w2, double gap)
{
    if (gap >= 0.0) {
        return errors_to(&(contrast){samples->x1, w1, samples->x2, w2, gap});
    }
    return -errors_to(&(contrast){samples->x2, w2, samples->x1, w1, -gap});
}

static double
offset_at(const dg_two_samples *samples, double target)
{
    const double w1 = 1.0 / samples->n1, w2 = 1.0 / samples->n2;
    if (target > 0.0) {
        return -reach_down(&(contrast){samples->x1, w1, samples->x2, w2, NAN}, target);
    }
    return reach_down(&(contrast){samples->x2, w2, samples->x1, w1, NAN}, -target);
}

dg_comparison
dg_mover_rate_difference(const dg_two_samples *samples, const dg_question *question)
{
    const double estimate = dg_estimate(samples, DG_RATE_DIFFERENCE);
    if (isnan(estimate)) {
        return (dg_comparison){NAN, NAN, NAN, NAN, NAN};
    }
    const double statistic = signed_errors(samples, 1.0 / samples->n1, 1.0 / samples->n2, estimate - question->null);
    dg_comparison answer = {estimate, estimate + offset_at(samples, question->z), estimate + offset_at(samples, -question->z),
                            statistic, dg_normal_pvalue(statistic, question->alternative)};
    dg_open_other_side(&answer, question);
    dg_settle_rounding(&answer, question);
    return answer;
}

/* The smaller root of (x1 - f x2)^2 = below(x1)^2 + f^2 above(x2)^2, without cancellation. */
static double
lower_odds(double x1, double x2, double z)
{
    const double root = root_of_lower(x1, z), down = z * root, up = above(x2, z);
    const double c = root * root * (x1 + down);
    return x1 > 0.0 ? c / (x1 * x2 + hypot(up * sqrt(c), x2 * down)) : 0.0;
}

static double
odds_at(const dg_two_samples *samples, double target)
{
    return target > 0.0 ? lower_odds(samples->x1, samples->x2, target)
                        : 1.0 / lower_odds(samples->x2, samples->x1, -target);
}

static double
statistic_at_odds(const dg_two_samples *samples, double odds)
{
    return signed_errors(samples, 1.0, odds, samples->x1 - odds * samples->x2);
}

dg_comparison
dg_mover_rate_ratio(const dg_two_samples *samples, const dg_question *question)
{
    return dg_compare_rate_ratio(samples, question, odds_at, statistic_at_odds);
}
