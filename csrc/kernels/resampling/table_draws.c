#include "kernels/resampling/table_draws.h"

#include "kernels/checked_size.h"
#include "kernels/resampling/binomial_draws.h"
#include "kernels/resampling/inversion_draws.h"

#include <stdlib.h>
#include <string.h>

/* Cells between two looks whether to stop. */
static const size_t CELLS_PER_LOOK = 128;

static size_t
replicates_per_look(const dg_answer_table *table)
{
    const size_t n_cells = table->n_groups * table->n_answers;
    return n_cells >= CELLS_PER_LOOK ? 1 : CELLS_PER_LOOK / (n_cells + 1);
}

static int64_t
sum(const int64_t *counts, size_t n)
{
    int64_t total = 0;
    for (size_t i = 0; i < n; i++) {
        total += counts[i];
    }
    return total;
}

/* Room for n elements; at least one byte, so that NULL is always a failure. */
static void *
allocate(size_t n, size_t size)
{
    size_t n_bytes;
    return dg_checked_multiply(n, size, &n_bytes) ? malloc(n_bytes > 0 ? n_bytes : 1) : NULL;
}

/* One group. Answer by answer: of the people without one, so many give this, which is binomial with this answer's share among
 * the answers left. The first draw is the same in all replicates, so it comes prepared. */
static void
bootstrap_group(const int64_t *counts, size_t n_answers, const dg_binomial *first, dg_philox *stream, int64_t *drawn)
{
    int64_t people = first->n, weight = first->n;
    for (size_t answer = 0; answer < n_answers; answer++) {
        const int64_t hits = counts[answer];
        if (people == 0 || hits == 0 || hits == weight) {
            drawn[answer] = hits == 0 ? 0 : people;
        }
        else if (answer == 0) {
            drawn[answer] = dg_draw_binomial(first, stream);
        }
        else {
            const dg_binomial next = dg_prepare_binomial(people, hits, weight);
            drawn[answer] = dg_draw_binomial(&next, stream);
        }
        people -= drawn[answer];
        weight -= hits;
    }
}

static dg_binomial *
prepare_groups(const dg_answer_table *table)
{
    dg_binomial *first = allocate(table->n_groups, sizeof *first);
    for (size_t group = 0; first != NULL && group < table->n_groups; group++) {
        const int64_t *counts = table->counts + group * table->n_answers, people = sum(counts, table->n_answers);
        first[group] = people == 0 ? (dg_binomial){0} : dg_prepare_binomial(people, counts[0], people);
    }
    return first;
}

static dg_status
bootstrap_all(const dg_answer_table *table, const dg_binomial *first, const dg_replicates *replicates, int64_t *drawn,
              const dg_stop *stop)
{
    const size_t per_look = replicates_per_look(table);
    for (size_t r = 0; r < replicates->n; r++) {
        if (r % per_look == 0 && dg_stop_asked(stop)) {
            return DG_STOPPED;
        }
        dg_philox stream = dg_philox_start(replicates->key, replicates->first + r);
        for (size_t group = 0; group < table->n_groups; group++) {
            bootstrap_group(table->counts + group * table->n_answers, table->n_answers, &first[group], &stream, drawn);
            drawn += table->n_answers;
        }
    }
    return DG_OK;
}

dg_status
dg_bootstrap_table(const dg_answer_table *table, const dg_replicates *replicates, int64_t *drawn, const dg_stop *stop)
{
    if (table->n_groups == 0 || table->n_answers == 0) {
        return DG_OK;
    }
    dg_binomial *first = prepare_groups(table);
    const dg_status status = first == NULL ? DG_NO_MEMORY : bootstrap_all(table, first, replicates, drawn, stop);
    free(first);
    return status;
}

/* What a shuffle needs: the answers of everybody, those not yet given out, and the first draw. */
typedef struct {
    int64_t *answers, *left, *group_sizes;
    int64_t total;
    dg_count_law law;
    double mode_chance;
} deck;

static void
put_away(deck *cards)
{
    free(cards->answers);
    free(cards->left);
    free(cards->group_sizes);
}

static bool
lay_out(const dg_answer_table *table, deck *cards)
{
    cards->answers = allocate(table->n_answers, sizeof(int64_t));
    cards->left = allocate(table->n_answers, sizeof(int64_t));
    cards->group_sizes = allocate(table->n_groups, sizeof(int64_t));
    return cards->answers != NULL && cards->left != NULL && cards->group_sizes != NULL;
}

static void
count_cards(const dg_answer_table *table, deck *cards)
{
    memset(cards->answers, 0, table->n_answers * sizeof(int64_t));
    for (size_t group = 0; group < table->n_groups; group++) {
        const int64_t *counts = table->counts + group * table->n_answers;
        cards->group_sizes[group] = sum(counts, table->n_answers);
        for (size_t answer = 0; answer < table->n_answers; answer++) {
            cards->answers[answer] += counts[answer];
        }
    }
    cards->total = sum(cards->answers, table->n_answers);
    const int64_t drawn = cards->group_sizes[0], marked = cards->answers[0];
    cards->law = dg_hypergeometric_law(drawn, marked, cards->total);
    cards->mode_chance = dg_hypergeometric_chance(cards->law.mode, drawn, marked, cards->total);
}

/* One group takes its people from those left, answer by answer; `total` is how many are left. */
static void
deal(deck *cards, size_t n_answers, int64_t people, int64_t total, dg_philox *stream, int64_t *drawn)
{
    for (size_t answer = 0; answer < n_answers; answer++) {
        const int64_t marked = cards->left[answer];
        drawn[answer] = dg_draw_hypergeometric(people, marked, total, stream);
        people -= drawn[answer];
        total -= marked;
        cards->left[answer] -= drawn[answer];
    }
}

/* The first group's first draw has the same law in all replicates. */
static void
deal_first(deck *cards, size_t n_answers, dg_philox *stream, int64_t *drawn)
{
    drawn[0] = dg_draw_by_inversion(&cards->law, cards->mode_chance, stream);
    const int64_t marked = cards->left[0];
    cards->left[0] -= drawn[0];
    cards->left++;
    deal(cards, n_answers - 1, cards->group_sizes[0] - drawn[0], cards->total - marked, stream, drawn + 1);
    cards->left--;
}

static void
permute_once(const dg_answer_table *table, deck *cards, dg_philox *stream, int64_t *drawn)
{
    const size_t n_answers = table->n_answers;
    memcpy(cards->left, cards->answers, n_answers * sizeof(int64_t));
    deal_first(cards, n_answers, stream, drawn);
    int64_t total = cards->total - cards->group_sizes[0];
    for (size_t group = 1; group < table->n_groups; group++) {
        deal(cards, n_answers, cards->group_sizes[group], total, stream, drawn + group * n_answers);
        total -= cards->group_sizes[group];
    }
}

static dg_status
permute_all(const dg_answer_table *table, deck *cards, const dg_replicates *replicates, int64_t *drawn, const dg_stop *stop)
{
    const size_t per_look = replicates_per_look(table);
    count_cards(table, cards);
    for (size_t r = 0; r < replicates->n; r++) {
        if (r % per_look == 0 && dg_stop_asked(stop)) {
            return DG_STOPPED;
        }
        dg_philox stream = dg_philox_start(replicates->key, replicates->first + r);
        permute_once(table, cards, &stream, drawn + r * table->n_groups * table->n_answers);
    }
    return DG_OK;
}

dg_status
dg_permute_table(const dg_answer_table *table, const dg_replicates *replicates, int64_t *drawn, const dg_stop *stop)
{
    if (table->n_groups == 0 || table->n_answers == 0) {
        return DG_OK;
    }
    deck cards = {0};
    const dg_status status = lay_out(table, &cards) ? permute_all(table, &cards, replicates, drawn, stop) : DG_NO_MEMORY;
    put_away(&cards);
    return status;
}
