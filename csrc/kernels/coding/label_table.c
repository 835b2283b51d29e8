#include "kernels/coding/label_table.h"
#include "kernels/coding/label_hash.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_SLOTS ((size_t)4096) /* 32 KB, of which a few dozen labels use a few dozen cache lines */
#define FIRST_LABELS ((size_t)64)
#define FIRST_BYTES ((size_t)1024)
#define LONG_SEARCH 64 /* steps after which the table is rebuilt with another seed */
#define MOST_SPARSE 64 /* slots a label at which rebuilding stops: that many equal hashes are equal by design */
#define FEW_LABELS 128 /* up to here another seed is sought that gives each label a slot of its own */
#define MOST_SEEDS 8
#define MOST_LABELS INT32_MAX
#define SEED_STEP 0x9e3779b97f4a7c15u

const uint8_t *
dg_label_table_bytes(const struct dg_label_table *table, size_t code)
{
    const struct dg_label *label = table->labels + code;
    return label->length <= DG_HEAD_BYTES ? (const uint8_t *)label->head : table->bytes + label->offset;
}

static inline bool
has_head(const struct dg_label *label, const struct dg_span *span, const uint64_t head[DG_HEAD_WORDS])
{
    uint64_t difference = (label->length ^ span->length) | (label->kind ^ span->kind);
    difference |= (label->head[0] ^ head[0]) | (label->head[1] ^ head[1]);
    difference |= (label->head[2] ^ head[2]) | (label->head[3] ^ head[3]);
    return difference == 0;
}

static bool
is_label(const struct dg_label_table *table, const struct dg_label *label, const struct dg_span *span,
         const uint64_t head[DG_HEAD_WORDS])
{
    if (!has_head(label, span, head) || span->length <= DG_HEAD_BYTES) {
        return has_head(label, span, head);
    }
    return memcmp(table->bytes + label->offset + DG_HEAD_BYTES, span->bytes + DG_HEAD_BYTES,
                  span->length - DG_HEAD_BYTES) == 0;
}

dg_status
dg_label_table_init(struct dg_label_table *table)
{
    *table = (struct dg_label_table){.n_slots = FIRST_SLOTS, .labels_held = FIRST_LABELS};
    table->slots = calloc(FIRST_SLOTS, sizeof *table->slots);
    table->labels = malloc(FIRST_LABELS * sizeof *table->labels);
    if (table->slots == NULL || table->labels == NULL) {
        dg_label_table_free(table);
        return DG_NO_MEMORY;
    }
    return DG_OK;
}

void
dg_label_table_free(struct dg_label_table *table)
{
    free(table->slots);
    free(table->labels);
    free(table->bytes);
    *table = (struct dg_label_table){0};
}

/* Puts every label into empty slots; returns how many did not get the slot that is looked at first. */
static size_t
fill_slots(const struct dg_label_table *table, struct dg_slot *slots, size_t n_slots, uint64_t seed)
{
    size_t displaced = 0;
    for (size_t code = 0; code < table->n_labels; code++) {
        const struct dg_label *label = table->labels + code;
        uint64_t hash = hash_label(label->head, dg_label_table_bytes(table, code), label->length, label->kind, seed);
        size_t at = hash & (n_slots - 1);
        displaced += slots[at].number != 0;
        while (slots[at].number != 0) {
            at = (at + 1) & (n_slots - 1);
        }
        slots[at] = (struct dg_slot){(uint32_t)(hash >> 32), (uint32_t)code + 1};
    }
    return displaced;
}

/* A label that shares its slot makes the processor guess wrong on many rows: with few labels a seed can be found that
 * separates them all. */
static void
separate_labels(struct dg_label_table *table)
{
    for (int i = 0; i < MOST_SEEDS; i++) {
        table->seed += SEED_STEP;
        memset(table->slots, 0, table->n_slots * sizeof *table->slots);
        if (fill_slots(table, table->slots, table->n_slots, table->seed) == 0) {
            return;
        }
    }
}

static dg_status
rebuild(struct dg_label_table *table)
{
    if (table->n_slots > SIZE_MAX / 2 / sizeof *table->slots) {
        return DG_NO_MEMORY;
    }
    size_t n_slots = table->n_slots * 2;
    struct dg_slot *slots = calloc(n_slots, sizeof *slots);
    if (slots == NULL) {
        return DG_NO_MEMORY;
    }
    uint64_t seed = table->seed + SEED_STEP;
    fill_slots(table, slots, n_slots, seed);
    free(table->slots);
    table->slots = slots;
    table->n_slots = n_slots;
    table->seed = seed;
    return DG_OK;
}

static dg_status
reserve_label(struct dg_label_table *table)
{
    if (table->n_labels < table->labels_held) {
        return DG_OK;
    }
    size_t held = table->labels_held * 2;
    if (table->n_labels >= MOST_LABELS || held > SIZE_MAX / sizeof *table->labels) {
        return DG_NO_MEMORY;
    }
    struct dg_label *labels = realloc(table->labels, held * sizeof *labels);
    if (labels == NULL) {
        return DG_NO_MEMORY;
    }
    table->labels = labels;
    table->labels_held = held;
    return DG_OK;
}

static dg_status
reserve_bytes(struct dg_label_table *table, size_t length)
{
    if (length <= table->bytes_held - table->n_bytes) {
        return DG_OK;
    }
    size_t held = table->bytes_held < FIRST_BYTES ? FIRST_BYTES : table->bytes_held;
    while (held - table->n_bytes < length) {
        if (held > SIZE_MAX / 2) {
            return DG_NO_MEMORY;
        }
        held *= 2;
    }
    uint8_t *bytes = realloc(table->bytes, held);
    if (bytes == NULL) {
        return DG_NO_MEMORY;
    }
    table->bytes = bytes;
    table->bytes_held = held;
    return DG_OK;
}

/* Adds a label that is not in the table, whose hash leads to the empty slot after `steps` looks. */
static dg_status
add_label(struct dg_label_table *table, const struct dg_span *span, const uint64_t head[DG_HEAD_WORDS],
          uint32_t tag, struct dg_slot *slot, size_t steps)
{
    bool is_long = span->length > DG_HEAD_BYTES;
    dg_status status = reserve_label(table);
    if (status == DG_OK && is_long) {
        status = reserve_bytes(table, span->length);
    }
    if (status != DG_OK) {
        return status;
    }
    struct dg_label *label = table->labels + table->n_labels;
    *label = (struct dg_label){.length = span->length, .kind = span->kind, .offset = table->n_bytes};
    memcpy(label->head, head, sizeof label->head);
    if (is_long) {
        /* The head was read once and is what was hashed: another thread may have changed the bytes since. */
        memcpy(table->bytes + table->n_bytes, head, DG_HEAD_BYTES);
        memcpy(table->bytes + table->n_bytes + DG_HEAD_BYTES, span->bytes + DG_HEAD_BYTES,
               span->length - DG_HEAD_BYTES);
        table->n_bytes += span->length;
    }
    table->n_labels++;
    *slot = (struct dg_slot){tag, (uint32_t)table->n_labels};
    if (steps > 1 && table->n_labels <= FEW_LABELS) {
        separate_labels(table);
    }
    return table->n_labels * 2 > table->n_slots ? rebuild(table) : DG_OK;
}

static inline bool
is_worth_rebuilding(const struct dg_label_table *table)
{
    return table->n_slots / MOST_SPARSE <= table->n_labels;
}

/* Any label, new or known, wherever it is. Out of line, so that the loop over rows keeps its registers. */
__attribute__((noinline)) static dg_status
code_span(struct dg_label_table *table, const struct dg_span *span, int32_t *code)
{
    uint64_t head[DG_HEAD_WORDS];
    read_head(span, head);
    uint64_t hash = hash_label(head, span->bytes, span->length, span->kind, table->seed);
    uint32_t tag = (uint32_t)(hash >> 32);
    size_t at = hash & (table->n_slots - 1);
    size_t steps = 1;
    for (; table->slots[at].number != 0; steps++) {
        struct dg_slot slot = table->slots[at];
        if (slot.tag == tag && is_label(table, table->labels + (slot.number - 1), span, head)) {
            *code = (int32_t)(slot.number - 1);
            return DG_OK;
        }
        at = (at + 1) & (table->n_slots - 1);
        if (steps == LONG_SEARCH && is_worth_rebuilding(table)) {
            dg_status status = rebuild(table);
            return status == DG_OK ? dg_label_table_code(table, span, 1, code) : status;
        }
    }
    *code = (int32_t)table->n_labels;
    return add_label(table, span, head, tag, table->slots + at, steps);
}

/* What nearly every row is: a short label that is known and stands in the first slot looked at. -1 for any other. */
static inline int32_t
code_at_first_sight(const struct dg_label_table *table, const struct dg_span *span)
{
    uint64_t head[DG_HEAD_WORDS];
    read_words(span->bytes, span->length, head);
    uint64_t hash = hash_head(head, span->length | (uint64_t)span->kind << 32, table->seed);
    uint32_t number = table->slots[hash & (table->n_slots - 1)].number;
    if (number == 0 || !has_head(table->labels + (number - 1), span, head)) {
        return -1;
    }
    return (int32_t)(number - 1);
}

dg_status
dg_label_table_code(struct dg_label_table *table, const struct dg_span *spans, size_t n, int32_t *codes)
{
    for (size_t i = 0; i < n; i++) {
        const struct dg_span *span = spans + i;
        if (span->bytes == NULL) {
            codes[i] = -1;
            continue;
        }
        bool is_short = span->has_room && span->length <= DG_HEAD_BYTES;
        int32_t code = is_short ? code_at_first_sight(table, span) : -1;
        if (code >= 0) {
            codes[i] = code;
            continue;
        }
        dg_status status = code_span(table, span, codes + i);
        if (status != DG_OK) {
            return status;
        }
    }
    return DG_OK;
}

dg_status
dg_label_table_code_words(struct dg_label_table *table, const uint64_t *words, size_t n, const uint8_t *valid,
                          size_t valid_offset, int32_t *codes)
{
    for (size_t i = 0; i < n; i++) {
        size_t bit = valid_offset + i;
        if (valid != NULL && (valid[bit >> 3] >> (bit & 7) & 1) == 0) {
            codes[i] = -1;
            continue;
        }
        uint64_t padded[DG_HEAD_WORDS] = {words[i], 0, 0, 0};
        struct dg_span span = {.bytes = (const uint8_t *)padded, .length = sizeof *words, .has_room = 1};
        dg_status status = code_span(table, &span, codes + i);
        if (status != DG_OK) {
            return status;
        }
    }
    return DG_OK;
}
