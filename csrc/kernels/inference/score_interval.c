#include "kernels/inference/score_interval.h"

#include "kernels/inference/root.h"
#include "kernels/inference/score_path.h"

#include <math.h>
#include <stdbool.h>

static const double FARTHEST = 1e100; /* a position beyond which nothing can be told from the end of the range */
static const double LONGEST_JUMP = 1e30;
static const double ACCURACY = 1e-13; /* of a position, relative */

/* What to look for: the position where the statistic is z. Statistics that are not corrected for skewness are taken
 * without the factor of the variance; z has it instead. `spread` is the root of the factor that z lacks. */
typedef struct {
    const dg_two_samples *samples;
    dg_measure measure;
    double z, spread;
    double bend;
    dg_function above_z;
} search;

static double
plain_above_z(double position, const void *context)
{
    const search *s = context;
    return dg_statistic_on_path(s->samples, s->measure, s->bend, position) - s->z;
}

static double
corrected_above_z(double position, const void *context)
{
    const search *s = context;
    const dg_restricted restricted = dg_restricted_at(s->samples, s->measure, s->bend, position);
    return dg_statistic_of(&restricted, s->samples, s->measure, DG_SKEWNESS_CORRECTED) - s->z;
}

/* The statistic grows with a power of the position between a half and one, mostly: the square of the ratio to z goes
 * past it. */
static double
first_jump(double above, double z)
{
    const double ratio = z > 0.0 && above + z > 0.0 ? z / (above + z) : 0.0;
    const double far = fmin(fmax(ratio * ratio, 1.0 / 16.0), 16.0);
    return above < 0.0 ? fmax(far, 1.0001) : fmin(far, 0.9999);
}

/* One end of the bracket goes on by jumps that grow, the other follows, until the crossing is between them or the end
 * is beyond all reason. */
static dg_bracket
going_up(const search *s, double position, double at, double jump)
{
    dg_bracket bracket = {position, position, at, at};
    for (; bracket.at_high < 0.0 && bracket.high < FARTHEST; jump = fmin(jump * jump, LONGEST_JUMP)) {
        bracket.low = bracket.high, bracket.at_low = bracket.at_high;
        bracket.high *= jump;
        bracket.at_high = s->above_z(bracket.high, s);
    }
    return bracket;
}

static dg_bracket
going_down(const search *s, double position, double at, double jump)
{
    dg_bracket bracket = {position, position, at, at};
    for (; bracket.at_low >= 0.0 && bracket.low > 1.0 / FARTHEST; jump = fmax(jump * jump, 1.0 / LONGEST_JUMP)) {
        bracket.high = bracket.low, bracket.at_high = bracket.at_low;
        bracket.low *= jump;
        bracket.at_low = s->above_z(bracket.low, s);
    }
    return bracket;
}

/* Takes the middle between two positions on a logarithmic scale until they are of one size. */
static dg_bracket
of_one_size(const search *s, dg_bracket bracket)
{
    while (bracket.high > 16.0 * bracket.low) {
        const double middle = sqrt(bracket.low * bracket.high), at = s->above_z(middle, s);
        if (at < 0.0) {
            bracket.low = middle, bracket.at_low = at;
        }
        else {
            bracket.high = middle, bracket.at_high = at;
        }
    }
    return bracket;
}

/* Two positions around the crossing, if there is one. */
static dg_bracket
around_crossing(const search *s, double position)
{
    const double at = s->above_z(position, s), jump = first_jump(at, s->z);
    return of_one_size(s, at < 0.0 ? going_up(s, position, at, jump) : going_down(s, position, at, jump));
}

static double
null_at(const search *s, double position)
{
    const dg_restricted restricted = dg_restricted_at(s->samples, s->measure, s->bend, position);
    return dg_null_of(&restricted, s->measure);
}

/* Whether the crossing lies beyond this bend of the path. If so, positions are counted from there. */
static bool
go_to_bend(search *s, double bend)
{
    search from_there = *s;
    from_there.bend = bend;
    const bool beyond = bend > 0.0 && s->above_z(0.0, &from_there) < 0.0;
    s->bend = beyond ? bend : s->bend;
    return beyond;
}

/* Beyond a bend of a difference the group at 0 or 1 adds the position itself to the square of the statistic, before the
 * factor. */
static double
start_of(search *s)
{
    const double z = s->z > 0.0 ? s->z : 1.0;
    if (go_to_bend(s, dg_first_bend(s->samples, s->measure))) {
        go_to_bend(s, dg_second_bend(s->samples, s->measure));
        const double at = s->above_z(0.0, s) + s->z;
        return fmax(z * z - at * at, 1e-3 * z * z) * s->spread * s->spread;
    }
    return dg_position_near(s->samples, s->measure, z * s->spread);
}

static double
crossing(search *s)
{
    const dg_bracket bracket = around_crossing(s, start_of(s));
    if (!(bracket.at_high >= 0.0)) {
        return dg_lowest(s->measure);
    }
    const double estimate = dg_estimate(s->samples, s->measure); /* fmin passes over a NaN */
    const bool crosses = bracket.at_low < 0.0;
    const double position = crosses ? dg_find_root(s->above_z, s, bracket, ACCURACY * bracket.low) : 0.0;
    return fmin(null_at(s, position), estimate);
}

static double
lowest_not_rejected(const dg_two_samples *samples, dg_measure measure, dg_score_kind kind, double z)
{
    const double factor = dg_variance_factor(samples, kind), root = sqrt(factor);
    if (!dg_has_path(samples, measure) || isinf(factor)) {
        return dg_lowest(measure);
    }
    if (kind == DG_SKEWNESS_CORRECTED) {
        return crossing(&(search){samples, measure, z, root, 0.0, corrected_above_z});
    }
    return crossing(&(search){samples, measure, z * root, 1.0, 0.0, plain_above_z});
}

static double
seen_from_the_other_group(double limit, dg_measure measure)
{
    return measure == DG_DIFFERENCE ? -limit : 1.0 / limit;
}

double
dg_score_low(const dg_two_samples *samples, dg_measure measure, dg_score_kind kind, double z)
{
    if (!(samples->n1 > 0.0 && samples->n2 > 0.0)) {
        return NAN;
    }
    if (z < 0.0 && kind != DG_SKEWNESS_CORRECTED) {
        return dg_score_high(samples, measure, kind, -z);
    }
    if (z == 0.0 && kind != DG_SKEWNESS_CORRECTED) {
        const double estimate = dg_estimate(samples, measure);
        return isnan(estimate) ? dg_lowest(measure) : estimate;
    }
    return lowest_not_rejected(samples, measure, kind, z);
}

double
dg_score_high(const dg_two_samples *samples, dg_measure measure, dg_score_kind kind, double z)
{
    const dg_two_samples exchanged = dg_exchange_samples(samples);
    return seen_from_the_other_group(dg_score_low(&exchanged, measure, kind, z), measure);
}

static dg_comparison
compare(const dg_two_samples *samples, const dg_question *question, dg_score_kind kind)
{
    const dg_measure measure = question->measure;
    if (!(samples->n1 > 0.0 && samples->n2 > 0.0)) {
        return (dg_comparison){NAN, NAN, NAN, NAN, NAN};
    }
    const double statistic = dg_score_statistic(samples, measure, kind, question->null);
    const bool low = question->alternative != DG_LESS, high = question->alternative != DG_GREATER;
    return (dg_comparison){
            dg_estimate(samples, measure),
            low ? dg_score_low(samples, measure, kind, question->z) : dg_lowest(measure),
            high ? dg_score_high(samples, measure, kind, question->z) : dg_highest(measure),
            statistic,
            dg_normal_pvalue(statistic, question->alternative),
    };
}

dg_comparison
dg_compare_by_score(const dg_two_samples *samples, const dg_question *question)
{
    return compare(samples, question, DG_SCORE);
}

dg_comparison
dg_compare_by_score_uncorrected(const dg_two_samples *samples, const dg_question *question)
{
    return compare(samples, question, DG_SCORE_UNCORRECTED);
}

dg_comparison
dg_compare_by_skewness_corrected(const dg_two_samples *samples, const dg_question *question)
{
    return compare(samples, question, DG_SKEWNESS_CORRECTED);
}
