#include "kernels/inference/score_path.h"

#include <math.h>

/* p and q with x - n p = score p q, score >= 0, from a quadratic that is solved for each so that neither cancels;
 * `apart` is n - score. */
typedef struct {
    double p, q;
} one_group;

static one_group
pulled_down(double x, double y, double n, double score, double apart)
{
    const double root = sqrt(apart * apart + 4.0 * score * y);
    return (one_group){2.0 * x / (n + score + root),
                       apart > 0.0 ? 2.0 * y / (apart + root) : (root - apart) / (2.0 * score)};
}

/* The position is the score. */
static dg_restricted
on_difference_path(const dg_two_samples *s, double bend, double position)
{
    const double score = bend + position, apart1 = (s->n1 - bend) - position, apart2 = (s->n2 - bend) - position;
    const one_group first = pulled_down(s->x1, s->n1 - s->x1, s->n1, score, apart1);
    const one_group second = pulled_down(s->n2 - s->x2, s->x2, s->n2, score, apart2); /* pulled up */
    return (dg_restricted){first.p, first.q, second.q, second.p, score};
}

double
dg_first_bend(const dg_two_samples *samples, dg_measure measure)
{
    const double n1 = samples->n1, n2 = samples->n2;
    if (measure != DG_DIFFERENCE) {
        return 0.0;
    }
    if (samples->x1 == n1) {
        return samples->x2 == 0.0 ? fmin(n1, n2) : n1;
    }
    return samples->x2 == 0.0 ? n2 : 0.0;
}

double
dg_second_bend(const dg_two_samples *samples, dg_measure measure)
{
    const bool both = measure == DG_DIFFERENCE && samples->x1 == samples->n1 && samples->x2 == 0.0;
    return both ? fmax(samples->n1, samples->n2) : 0.0;
}

/* The score goes up to x1, and the position is score / (x1 - score). But where all of the first group are cases p1
 * stays at 1 until the score is x1, and falls from there while the score stays: the position is then score / x1 up to
 * 1, and 1 / p1 beyond. */
static dg_restricted
on_ratio_path(const dg_two_samples *s, double position)
{
    const double y1 = s->n1 - s->x1, y2 = s->n2 - s->x2;
    if (y1 == 0.0) {
        const double score = s->x1 * fmin(position, 1.0), far = fmax(position, 1.0), n2 = s->n2 + score;
        return (dg_restricted){1.0 / far, (far - 1.0) / far, (s->x2 + score) / n2, y2 / n2, score};
    }
    const double left = s->x1 / (1.0 + position), score = left * position, n1 = y1 + left, n2 = s->n2 + score;
    return (dg_restricted){left / n1, y1 / n1, (s->x2 + score) / n2, y2 / n2, score};
}

/* The score goes up to the smaller of x1 and y2; the position is score / (that - score). */
static dg_restricted
on_odds_ratio_path(const dg_two_samples *s, double position)
{
    const double y1 = s->n1 - s->x1, y2 = s->n2 - s->x2, most = fmin(s->x1, y2);
    const double left = most / (1.0 + position), score = left * position;
    return (dg_restricted){((s->x1 - most) + left) / s->n1, (y1 + score) / s->n1, (s->x2 + score) / s->n2,
                           ((y2 - most) + left) / s->n2, score};
}

dg_restricted
dg_restricted_at(const dg_two_samples *samples, dg_measure measure, double bend, double position)
{
    if (measure == DG_DIFFERENCE) {
        return on_difference_path(samples, bend, position);
    }
    return measure == DG_RATIO ? on_ratio_path(samples, position) : on_odds_ratio_path(samples, position);
}

/* p q / n of one_group. */
static double
variance_pulled_down(double x, double y, double n, double score, double apart)
{
    const double root = sqrt(apart * apart + 4.0 * score * y), below = (n + score + root) * n;
    return apart > 0.0 ? 4.0 * x * y / (below * (apart + root)) : x * (root - apart) / (below * score);
}

static double
statistic_on_difference_path(const dg_two_samples *s, double bend, double position)
{
    const double score = bend + position, apart1 = (s->n1 - bend) - position, apart2 = (s->n2 - bend) - position;
    return score * sqrt(variance_pulled_down(s->x1, s->n1 - s->x1, s->n1, score, apart1) +
                        variance_pulled_down(s->n2 - s->x2, s->x2, s->n2, score, apart2));
}

static double
statistic_on_ratio_path(const dg_two_samples *s, double position)
{
    const double y1 = s->n1 - s->x1, y2 = s->n2 - s->x2;
    if (y1 == 0.0) {
        const double score = s->x1 * fmin(position, 1.0), beyond = fmax(position, 1.0) - 1.0;
        return score * sqrt(beyond / s->n1 + y2 / (s->n2 * (s->x2 + score)));
    }
    const double left = s->x1 / (1.0 + position), score = left * position;
    return score * sqrt(y1 / (s->n1 * left) + y2 / (s->n2 * (s->x2 + score)));
}

static double
statistic_on_odds_ratio_path(const dg_two_samples *s, double position)
{
    const double y1 = s->n1 - s->x1, y2 = s->n2 - s->x2, most = fmin(s->x1, y2);
    const double left = most / (1.0 + position), score = left * position;
    return score *
           sqrt(s->n1 / (((s->x1 - most) + left) * (y1 + score)) + s->n2 / ((s->x2 + score) * ((y2 - most) + left)));
}

double
dg_statistic_on_path(const dg_two_samples *samples, dg_measure measure, double bend, double position)
{
    if (measure == DG_DIFFERENCE) {
        return statistic_on_difference_path(samples, bend, position);
    }
    return measure == DG_RATIO ? statistic_on_ratio_path(samples, position)
                               : statistic_on_odds_ratio_path(samples, position);
}

bool
dg_has_path(const dg_two_samples *samples, dg_measure measure)
{
    const double y2 = samples->n2 - samples->x2;
    if (measure == DG_DIFFERENCE) {
        return samples->x1 > 0.0 || y2 > 0.0;
    }
    return samples->x1 > 0.0 && (measure == DG_RATIO || y2 > 0.0);
}

/* The score for both groups from the scores at which each alone would give z: inverse squares, which are variances,
 * add. */
static double
together(double score1, double score2)
{
    return 1.0 / sqrt(1.0 / (score1 * score1) + 1.0 / (score2 * score2));
}

/* p q / n half-way to Wilson's limit, which is where a group alone would go. */
static double
variance_near(double x, double n, double z2)
{
    const double p = (x + 0.25 * z2) / (n + 0.5 * z2);
    return p * (1.0 - p) / n;
}

static double
near_on_difference_path(const dg_two_samples *s, double z)
{
    return z / sqrt(variance_near(s->x1, s->n1, z * z) + variance_near(s->x2, s->n2, z * z));
}

static double
near_on_ratio_path(const dg_two_samples *s, double z)
{
    const double z2 = z * z, y1 = s->n1 - s->x1, y2 = s->n2 - s->x2, across = z2 * s->n2;
    const double second = y2 > 0.0 ? 0.5 * (across + sqrt(across * (across + 4.0 * y2 * s->x2))) / y2 : INFINITY;
    if (y1 == 0.0) {
        const double beyond = z2 / s->n1 - s->n1 * y2 / (s->n2 * (s->x2 + s->n1));
        return beyond > 0.0 ? 1.0 + beyond : second / s->x1;
    }
    const double spread = s->x1 * y1 / s->n1, position = 0.5 * (z2 + sqrt(z2 * (z2 + 4.0 * spread))) / spread;
    const double score = together(s->x1 * position / (1.0 + position), second);
    return score / (s->x1 - score);
}

/* The u with u^2 n = z^2 (x - u) (y + u). */
static double
one_group_score(double x, double y, double n, double z2)
{
    const double b = z2 * (y - x), root = sqrt(b * b + 4.0 * (n + z2) * z2 * x * y);
    return b > 0.0 ? 2.0 * z2 * x * y / (b + root) : (root - b) / (2.0 * (n + z2));
}

static double
near_on_odds_ratio_path(const dg_two_samples *s, double z)
{
    const double y1 = s->n1 - s->x1, y2 = s->n2 - s->x2, z2 = z * z;
    const double score = together(one_group_score(s->x1, y1, s->n1, z2), one_group_score(y2, s->x2, s->n2, z2));
    return score / (fmin(s->x1, y2) - score);
}

double
dg_position_near(const dg_two_samples *samples, dg_measure measure, double z)
{
    if (measure == DG_DIFFERENCE) {
        return near_on_difference_path(samples, z);
    }
    return measure == DG_RATIO ? near_on_ratio_path(samples, z) : near_on_odds_ratio_path(samples, z);
}

double
dg_null_of(const dg_restricted *r, dg_measure measure)
{
    if (measure == DG_DIFFERENCE) {
        return r->p1 + r->p2 < 1.0 ? r->p1 - r->p2 : r->q2 - r->q1;
    }
    return measure == DG_RATIO ? r->p1 / r->p2 : r->p1 * r->q2 / (r->q1 * r->p2);
}
