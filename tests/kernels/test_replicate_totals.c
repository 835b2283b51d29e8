#include "harness.h"
#include "kernels/surveys/replicate_totals.h"

enum { REPLICATES = 19, CLUSTERS = 3, DOMAINS = 2 }; /* more than are added side by side, and some left over */

static const int32_t CLUSTER[] = {0, 0, 2, 2};
static const int32_t DOMAIN_OF[] = {0, 1, 0, 1};
static const double SUM[] = {1.0, 10.0, 100.0, 1000.0};
static const dg_pair_sums PAIRS = {CLUSTER, DOMAIN_OF, SUM, 4};

static void
fill(double *multipliers)
{
    for (size_t i = 0; i < CLUSTERS * REPLICATES; i++) {
        multipliers[i] = (double)(i % 7);
    }
}

static void
sums_are_those_of_the_definition(void)
{
    double multipliers[CLUSTERS * REPLICATES], totals[DOMAINS * REPLICATES];
    const dg_cluster_multipliers by = {multipliers, CLUSTERS, REPLICATES};
    size_t bad;
    fill(multipliers);
    CHECK(dg_replicate_totals(&PAIRS, &by, DOMAINS, totals, &bad, NULL) == DG_OK);
    for (size_t r = 0; r < REPLICATES; r++) {
        const double first = multipliers[r], last = multipliers[2 * REPLICATES + r];
        CHECK(totals[r] == first + 100.0 * last);
        CHECK(totals[REPLICATES + r] == 10.0 * first + 1000.0 * last);
    }
}

static void
codes_beyond_the_end_are_refused(void)
{
    static const int32_t cluster[] = {0, 3, 0, 0}, domain[] = {0, 1, -1, 1};
    double multipliers[CLUSTERS * REPLICATES], totals[DOMAINS * REPLICATES];
    const dg_cluster_multipliers by = {multipliers, CLUSTERS, REPLICATES};
    const dg_pair_sums clusters = {cluster, DOMAIN_OF, SUM, 4}, domains = {CLUSTER, domain, SUM, 4};
    size_t bad = 99;
    fill(multipliers);
    CHECK(dg_replicate_totals(&clusters, &by, DOMAINS, totals, &bad, NULL) == DG_CODE_OUT_OF_RANGE && bad == 1);
    CHECK(dg_replicate_totals(&domains, &by, DOMAINS, totals, &bad, NULL) == DG_CODE_OUT_OF_RANGE && bad == 2);
}

static void
no_pairs_give_zeros(void)
{
    double multipliers[CLUSTERS * REPLICATES], totals[DOMAINS * REPLICATES] = {5.0};
    const dg_cluster_multipliers by = {multipliers, CLUSTERS, REPLICATES};
    const dg_pair_sums none = {CLUSTER, DOMAIN_OF, SUM, 0};
    size_t bad;
    fill(multipliers);
    CHECK(dg_replicate_totals(&none, &by, DOMAINS, totals, &bad, NULL) == DG_OK);
    CHECK(totals[0] == 0.0);
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
    double multipliers[CLUSTERS * REPLICATES], totals[DOMAINS * REPLICATES];
    const dg_cluster_multipliers by = {multipliers, CLUSTERS, REPLICATES};
    const dg_stop stop = {always, NULL};
    size_t bad;
    fill(multipliers);
    CHECK(dg_replicate_totals(&PAIRS, &by, DOMAINS, totals, &bad, &stop) == DG_STOPPED);
}

void test_replicate_totals(void);
void
test_replicate_totals(void)
{
    RUN(sums_are_those_of_the_definition);
    RUN(codes_beyond_the_end_are_refused);
    RUN(no_pairs_give_zeros);
    RUN(it_stops_when_asked);
}
