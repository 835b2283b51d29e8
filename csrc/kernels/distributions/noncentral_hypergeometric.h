/* Fisher's noncentral hypergeometric distribution: the first cell of a 2 x 2 table whose margins
 * are given.
 *
 * Everything is said from where the table stands: an offset of j means a first cell larger by j
 * than the one seen. The weight of offset j + 1 is that of j times odds_ratio (b - j)(c - j) / ((a
 * + j + 1)(d + j + 1)), whole numbers that are exact as long as the cells are. Sums start at the
 * mode and end where what is left no longer changes them, so that a table of a million cases costs
 * some thousand terms. */
#ifndef DG_NONCENTRAL_HYPERGEOMETRIC_H
#define DG_NONCENTRAL_HYPERGEOMETRIC_H

/* Cells: group 1 with and without the property, group 2 with and without. */
typedef struct {
    double a, b, c, d;
} dg_fourfold;

/* The probabilities of less than is seen, of what is seen and of more, each accurate in itself, and
 * the mean offset. */
typedef struct {
    double less, same, more;
    double mean;
} dg_split;

/* How far the first cell can fall and rise. */
double
dg_room_below(const dg_fourfold *table);
double
dg_room_above(const dg_fourfold *table);

/* The same table seen from the second group; its odds ratio is the reciprocal. */
dg_fourfold
dg_exchanged(const dg_fourfold *table);

/* The table with its first cell larger by `offset`, margins kept. */
dg_fourfold
dg_shifted(const dg_fourfold *table, double offset);

/* Odds ratios beyond 1e-300 and 1e300 count as these. */
dg_split
dg_split_at(const dg_fourfold *table, double odds_ratio);

/* The probability of all tables that are not more probable than this one, those that tie with it
 * among them: whose probabilities differ from its own by less than `tie`, relatively. */
double
dg_minimum_likelihood(const dg_fourfold *table, double odds_ratio, double tie);

/* log(weight(-steps) / weight(0)) at an odds ratio of 1; steps up to dg_room_below. */
double
dg_log_weight_below(const dg_fourfold *table, double steps);

#endif
