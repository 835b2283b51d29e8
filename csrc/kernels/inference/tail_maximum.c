#include "kernels/inference/tail_maximum.h"

#include <math.h>
#include <stdlib.h>

/* Between points of the grid: about this many standard deviations of the counts. */
static const double SPACING = 0.5;
static const double HALF_PI = 1.5707963267948966;
static const double NARROWEST = 1e-13; /* pieces are not split further */
static const size_t POINTS_PER_LOOK = 32;

typedef struct {
    const dg_region_tail *tail;
    const dg_stop *stop;
    double best;      /* the largest value found */
    double tolerance; /* what exceeds the best by less is not looked for */
    double ignored;   /* nor what is below this */
    double enough;    /* a value at which the search ends */
    bool certain;     /* no piece was given up */
    bool stopped;
    size_t n_points;
} search;

static size_t
grid_size(size_t n1, size_t n2)
{
    return (size_t)ceil(2.0 * HALF_PI / SPACING * sqrt((double)(n1 + n2))) + 3;
}

dg_status
dg_make_tail_grid(dg_tail_grid *grid, size_t n1, size_t n2)
{
    grid->n = grid_size(n1, n2);
    grid->points = malloc(grid->n * sizeof *grid->points);
    return grid->points == NULL ? DG_NO_MEMORY : DG_OK;
}

void
dg_free_tail_grid(dg_tail_grid *grid)
{
    free(grid->points);
    *grid = (dg_tail_grid){0};
}

static dg_tail_point
look_at(search *s, double t)
{
    if (++s->n_points % POINTS_PER_LOOK == 0 && dg_stop_asked(s->stop)) {
        s->stopped = true;
    }
    const dg_tail_point point = dg_tail_at(s->tail, t);
    s->best = fmax(s->best, point.value);
    return point;
}

static bool
is_over(const search *s)
{
    return s->stopped || s->best >= s->enough;
}

/* Where in [0, 1] the cubic through two points is largest, and how large. */
typedef struct {
    double at, value;
} peak;

static peak
peak_of_cubic(dg_tail_point a, dg_tail_point b)
{
    const double h = b.t - a.t, d0 = h * a.slope, d1 = h * b.slope, rise = b.value - a.value;
    const double c3 = d0 + d1 - 2.0 * rise, c2 = 3.0 * rise - 2.0 * d0 - d1,
                 inside = c2 * c2 - 3.0 * c3 * d0;
    peak top = a.value > b.value ? (peak){0.0, a.value} : (peak){1.0, b.value};
    if (inside >= 0.0) {
        const double root = sqrt(inside),
                     at = c2 < 0.0 ? d0 / (root - c2) : -(c2 + root) / (3.0 * c3);
        if (at > 0.0 && at < 1.0) {
            const double value = a.value + at * (d0 + at * (c2 + at * c3));
            top = value > top.value ? (peak){at, value} : top;
        }
    }
    return top;
}

/* What a value must exceed to be of interest. */
static double
bar(const search *s)
{
    return fmax(s->best + s->tolerance, s->ignored);
}

static double
margin(const search *s, dg_tail_point a, dg_tail_point b, double most)
{
    const double h = b.t - a.t;
    return h * h * h * h / 384.0 * dg_fourth_derivative_bound(s->tail, a.t, b.t, most);
}

/* Searches between two points, where the probability is at most `most`. */
static void
search_between(search *s, dg_tail_point a, dg_tail_point b, double most)
{
    const peak top = peak_of_cubic(a, b);
    if (is_over(s) || most < bar(s) || top.value + margin(s, a, b, most) < bar(s)) {
        return;
    }
    if (!(b.t - a.t > NARROWEST)) {
        s->certain = false;
        return;
    }
    const bool inside = top.at > 0.05 && top.at < 0.95;
    const dg_tail_point middle = look_at(s, a.t + (inside ? top.at : 0.5) * (b.t - a.t));
    search_between(s, a, middle, most);
    search_between(s, middle, b, most);
}

static void
search_piece(search *s, dg_tail_point a, dg_tail_point b)
{
    const peak top = peak_of_cubic(a, b);
    if (is_over(s) || top.value + margin(s, a, b, 1.0) < bar(s)) {
        return; /* without the trouble of a closer bound */
    }
    s->n_points++;
    search_between(s, a, b, dg_tail_bound(s->tail, a.t, b.t));
}

/* Evenly in the angle whose squared sine is the share: there the counts' standard deviation is the
 * same everywhere. */
static void
fill_grid(search *s, const dg_tail_grid *grid, size_t n)
{
    const double start = dg_tail_start(s->tail), length = fmax(dg_tail_end(s->tail) - start, 0.0);
    for (size_t i = 0; i < n && !is_over(s); i++) {
        const double sine = sin(HALF_PI * (double)i / (double)(n - 1));
        grid->points[i] = look_at(s, start + length * sine * sine);
    }
}

static dg_status
run(search *s, const dg_tail_grid *grid)
{
    const size_t n = grid_size(s->tail->upper->n1, s->tail->upper->n2);
    fill_grid(s, grid, n);
    for (size_t i = 1; i < n && !is_over(s); i++) {
        search_piece(s, grid->points[i - 1], grid->points[i]);
    }
    return s->stopped ? DG_STOPPED : DG_OK;
}

dg_status
dg_tail_maximum(const dg_region_tail *tail, const dg_tail_grid *grid, double tolerance,
                double enough, const dg_stop *stop, double *maximum)
{
    search s = {
            .tail = tail, .stop = stop, .tolerance = tolerance, .enough = enough, .certain = true};
    const dg_status status = run(&s, grid);
    *maximum = s.best;
    return status;
}

dg_status
dg_tail_stays_below(const dg_region_tail *tail, const dg_tail_grid *grid, double level,
                    const dg_stop *stop, bool *below)
{
    search s = {.tail = tail,
                .stop = stop,
                .tolerance = 0.0,
                .ignored = level,
                .enough = level,
                .certain = true};
    const dg_status status = run(&s, grid);
    *below = s.certain && s.best < level;
    return status;
}
