/* The loops themselves, for a file that defines LOOPS, the name of its table, and TARGET, the attribute of each function.
 *
 * A code wider than the cell number is checked in two parts, because vectors of 64-bit numbers are slow to compare: no bit
 * beyond the narrower type may be set, and within it the highest level counts. */
#include "cpu/loops.h"

#define DEFINE_LOOP(NAME, CODE, CELL, NARROW, CELLS_BEFORE)                                                           \
    TARGET static bool NAME(const void *restrict code_memory, size_t n, const dg_level_range *range,                  \
                            void *restrict cell_memory)                                                               \
    {                                                                                                                 \
        const CODE *codes = code_memory;                                                                              \
        CELL *cells = cell_memory;                                                                                    \
        const CODE low = (CODE)range->low;                                                                            \
        const CELL n_levels = (CELL)range->n_levels, low_level = (CELL)range->low_level;                              \
        CODE every_bit = 0;                                                                                           \
        NARROW highest = 0;                                                                                           \
        (void)n_levels;                                                                                               \
        for (size_t i = 0; i < n; i++) {                                                                              \
            const CODE level = (CODE)(codes[i] - low);                                                                \
            every_bit = (CODE)(every_bit | level);                                                                    \
            highest = (NARROW)level > highest ? (NARROW)level : highest;                                              \
            cells[i] = (CELL)(CELLS_BEFORE + low_level + (CELL)level);                                                \
        }                                                                                                             \
        return (NARROW)every_bit == every_bit && highest <= range->span;                                              \
    }

#define DEFINE_LOOP_VALID(NAME, CODE, CELL, NARROW)                                                                   \
    TARGET static bool NAME(const void *restrict code_memory, const uint8_t *restrict valid, size_t n,                \
                            const dg_level_range *range, void *restrict cell_memory)                                  \
    {                                                                                                                 \
        const CODE *codes = code_memory;                                                                              \
        CELL *cells = cell_memory;                                                                                    \
        const CODE low = (CODE)range->low;                                                                            \
        const CELL n_levels = (CELL)range->n_levels, low_level = (CELL)range->low_level;                              \
        CODE every_bit = 0;                                                                                           \
        NARROW highest = 0;                                                                                           \
        for (size_t i = 0; i < n; i++) {                                                                              \
            const CODE level = (CODE)((CODE)(codes[i] - low) & (CODE)(0 - (CODE)valid[i]));                           \
            every_bit = (CODE)(every_bit | level);                                                                    \
            highest = (NARROW)level > highest ? (NARROW)level : highest;                                              \
            const CELL base_level = (CELL)(low_level & (CELL)(0 - (CELL)valid[i]));                                   \
            cells[i] = (CELL)((uint32_t)cells[i] * n_levels + base_level + (CELL)level);                              \
        }                                                                                                             \
        return (NARROW)every_bit == every_bit && highest <= range->span;                                              \
    }

#define DEFINE_LOOPS(SUFFIX, CODE, CELL, NARROW)                                                                      \
    DEFINE_LOOP(first_##SUFFIX, CODE, CELL, NARROW, 0u)                                                               \
    DEFINE_LOOP(next_##SUFFIX, CODE, CELL, NARROW, (uint32_t)cells[i] * n_levels)                                     \
    DEFINE_LOOP_VALID(next_valid_##SUFFIX, CODE, CELL, NARROW)

DEFINE_LOOPS(8_u16, uint8_t, uint16_t, uint8_t)
DEFINE_LOOPS(16_u16, uint16_t, uint16_t, uint16_t)
DEFINE_LOOPS(32_u16, uint32_t, uint16_t, uint16_t)
DEFINE_LOOPS(64_u16, uint64_t, uint16_t, uint16_t)
DEFINE_LOOPS(8_u32, uint8_t, uint32_t, uint8_t)
DEFINE_LOOPS(16_u32, uint16_t, uint32_t, uint16_t)
DEFINE_LOOPS(32_u32, uint32_t, uint32_t, uint32_t)
DEFINE_LOOPS(64_u32, uint64_t, uint32_t, uint32_t)

#define DEFINE_HIGHEST(NAME, CELL)                                                                                    \
    TARGET static uint32_t NAME(const void *cell_memory, size_t n)                                                    \
    {                                                                                                                 \
        const CELL *cells = cell_memory;                                                                              \
        CELL highest = 0;                                                                                             \
        for (size_t i = 0; i < n; i++) {                                                                              \
            highest = cells[i] > highest ? cells[i] : highest;                                                        \
        }                                                                                                             \
        return highest;                                                                                               \
    }

DEFINE_HIGHEST(highest_u16, uint16_t)
DEFINE_HIGHEST(highest_u32, uint32_t)

#include "cpu/weight_loops_body.h"
#include "cpu/answer_loops_body.h"
#include "cpu/level_loops_body.h"

#define EVERY_WIDTH(KIND)                                                                                             \
    {                                                                                                                 \
        {KIND##_8_u16, KIND##_16_u16, KIND##_32_u16, KIND##_64_u16},                                                  \
        {KIND##_8_u32, KIND##_16_u32, KIND##_32_u32, KIND##_64_u32},                                                  \
    }

const dg_loops LOOPS = {
        .name = LOOPS_NAME,
        .first = EVERY_WIDTH(first),
        .next = EVERY_WIDTH(next),
        .next_valid = EVERY_WIDTH(next_valid),
        .highest = {highest_u16, highest_u32},
        .scan_weights = scan_weights,
        .weight_units = WEIGHT_UNITS,
        .add_units = {add_units_u16, add_units_u32},
        .count_answers = count_answers,
        .shortest_run = SHORTEST_RUN,
        .reach_levels = reach_levels,
};
