#include "kernels/inference/region_tail.h"

#include <math.h>

/* One region and the distributions of its own first and second group. */
typedef struct {
    const dg_rejection_region *region;
    const dg_binomial_window *first, *second;
    double *reached; /* by x1 + 1, for x1 from -1 to n1 + 1 */
} part;

typedef struct {
    double value, slope;
} probability;

static double
within_unit(double share)
{
    return fmin(fmax(share, 0.0), 1.0);
}

static double
value_of(const part *p)
{
    const ptrdiff_t *last = p->region->last;
    double sum = 0.0;
    for (size_t x = p->first->first; x <= p->first->last; x++) {
        sum += p->first->weight[x] * dg_weight_up_to(p->second, last[x]);
    }
    return sum / (p->first->total * p->second->total);
}

/* P(second group up to last[x]), for every x that matters and its neighbours. */
static void
fill_reached(const part *p)
{
    const ptrdiff_t *last = p->region->last;
    const size_t from = p->first->first > 0 ? p->first->first - 1 : 0;
    const size_t to = p->first->last < p->region->n1 ? p->first->last + 1 : p->region->n1;
    for (size_t x = from; x <= to; x++) {
        p->reached[x] = dg_weight_up_to(p->second, last[x]) / p->second->total;
    }
}

/* n b(x; n - 1, share) in terms of b(x; n, share), or of b(x + 1; n, share) where the share is the
 * larger. */
static double
first_slope(const part *p)
{
    const dg_binomial_window *w = p->first;
    const double n = (double)w->n, *reached = p->reached;
    double sum = 0.0;
    if (w->share <= 0.5) {
        for (size_t x = w->first; x <= w->last && x < w->n; x++) {
            sum += w->weight[x] * (n - (double)x) * (reached[x + 1] - reached[x]);
        }
        return sum / ((1.0 - w->share) * w->total);
    }
    for (size_t x = w->first > 0 ? w->first : 1; x <= w->last; x++) {
        sum += w->weight[x] * (double)x * (reached[x] - reached[x - 1]);
    }
    return sum / (w->share * w->total);
}

static double
second_slope(const part *p)
{
    const dg_binomial_window *w = p->second, *first = p->first;
    const ptrdiff_t n = (ptrdiff_t)w->n, *last = p->region->last;
    const bool low = w->share <= 0.5;
    double sum = 0.0;
    for (size_t x = first->first; x <= first->last; x++) {
        const ptrdiff_t c = last[x];
        if (c >= 0 && c < n) {
            sum += first->weight[x] * (low ? (double)(n - c) * dg_weight_of(w, c)
                                           : (double)(c + 1) * dg_weight_of(w, c + 1));
        }
    }
    return -sum / ((low ? 1.0 - w->share : w->share) * w->total * first->total);
}

static probability
probability_of(const part *p)
{
    fill_reached(p);
    double sum = 0.0;
    for (size_t x = p->first->first; x <= p->first->last; x++) {
        sum += p->first->weight[x] * p->reached[x];
    }
    return (probability){sum / p->first->total, first_slope(p) + second_slope(p)};
}

static part
upper_part(const dg_region_tail *tail, double share1, double share2)
{
    dg_set_share(tail->first, within_unit(share1));
    dg_set_share(tail->second, within_unit(share2));
    return (part){tail->upper, tail->first, tail->second, tail->scratch};
}

static part
lower_part(const dg_region_tail *tail, double share1, double share2)
{
    dg_set_share(tail->first, within_unit(share1));
    dg_set_share(tail->second, within_unit(share2));
    return (part){tail->lower, tail->second, tail->first, tail->scratch};
}

dg_tail_point
dg_tail_at(const dg_region_tail *tail, double t)
{
    const part up = upper_part(tail, t + tail->null_upper, t);
    const probability above = probability_of(&up);
    dg_tail_point point = {t, above.value, above.slope};
    if (tail->lower != NULL) {
        const part down = lower_part(tail, t + tail->null_lower, t);
        const probability below = probability_of(&down);
        point.value += below.value;
        point.slope += below.slope;
    }
    return point;
}

double
dg_tail_bound(const dg_region_tail *tail, double from, double to)
{
    const part up = upper_part(tail, to + tail->null_upper, from);
    double bound = value_of(&up);
    if (tail->lower != NULL) {
        const part down = lower_part(tail, from + tail->null_lower, to);
        bound += value_of(&down);
    }
    return bound;
}

static double
information(const dg_region_tail *tail, double null, double t)
{
    const double p1 = within_unit(t + null), p2 = within_unit(t);
    return (double)tail->upper->n1 / (p1 * (1.0 - p1)) +
           (double)tail->upper->n2 / (p2 * (1.0 - p2));
}

static double
one_derivative_bound(const dg_region_tail *tail, double null, double from, double to, double most)
{
    const double n = (double)(tail->upper->n1 + tail->upper->n2);
    const double most_informed = fmax(information(tail, null, from), information(tail, null, to));
    const double variance = most < 0.5 ? most * (1.0 - most) : 0.25;
    return fmin(sqrt(24.0 * variance) * most_informed * most_informed, 8.0 * n * n * n * n);
}

double
dg_fourth_derivative_bound(const dg_region_tail *tail, double from, double to, double most)
{
    const double bound = one_derivative_bound(tail, tail->null_upper, from, to, most);
    return tail->lower == NULL
                   ? bound
                   : bound + one_derivative_bound(tail, tail->null_lower, from, to, most);
}

double
dg_tail_start(const dg_region_tail *tail)
{
    return fmax(0.0, tail->lower == NULL ? -tail->null_upper
                                         : fmax(-tail->null_upper, -tail->null_lower));
}

double
dg_tail_end(const dg_region_tail *tail)
{
    return fmin(1.0, 1.0 - (tail->lower == NULL ? tail->null_upper
                                                : fmax(tail->null_upper, tail->null_lower)));
}
