#include "kernels/resampling/inversion_draws.h"

/* Chances this small, on both sides, cannot use up what rounding left of the uniform number: it is drawn again. */
static const double NOTHING_LEFT = 1e-19;

/* One walk outwards; lowest - 1 when the uniform number was not used up. */
static int64_t
walk(const dg_count_law *law, double mode_chance, double left)
{
    int64_t up = law->mode, down = law->mode;
    double up_chance = mode_chance, down_chance = mode_chance;
    left -= mode_chance;
    while (left >= 0.0) {
        up_chance = up < law->highest ? up_chance * dg_law_step(law, up) : 0.0;
        up++;
        left -= up_chance;
        if (left < 0.0) {
            return up;
        }
        down--;
        down_chance = down >= law->lowest ? down_chance / dg_law_step(law, down) : 0.0;
        left -= down_chance;
        if (up_chance + down_chance < NOTHING_LEFT && left >= 0.0) {
            return law->lowest - 1;
        }
    }
    return down;
}

int64_t
dg_draw_by_inversion(const dg_count_law *law, double mode_chance, dg_philox *stream)
{
    if (law->lowest == law->highest) {
        return law->lowest;
    }
    int64_t drawn;
    do {
        drawn = walk(law, mode_chance, dg_philox_uniform(stream));
    } while (drawn < law->lowest);
    return drawn;
}

int64_t
dg_draw_hypergeometric(int64_t drawn, int64_t marked, int64_t total, dg_philox *stream)
{
    const dg_count_law law = dg_hypergeometric_law(drawn, marked, total);
    if (law.lowest == law.highest) {
        return law.lowest;
    }
    return dg_draw_by_inversion(&law, dg_hypergeometric_chance(law.mode, drawn, marked, total), stream);
}
