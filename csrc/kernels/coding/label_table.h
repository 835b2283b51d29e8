/* Distinct labels, numbered in the order in which they first appear.
 *
 * An open-addressing hash table of byte strings. The columns it is made for have a few dozen labels of up to 32 bytes in
 * millions of rows, so a label's first 32 bytes are held, padded with zeros, as four words beside its length: finding a
 * short label is four masked loads, a hash, one look and four comparisons, without a branch on its
 * length; while labels are few, a seed is sought that gives each its own slot, so that the first look finds it. Longer
 * labels have the rest compared byte by byte. A million distinct labels work too: the table doubles when half full, and is
 * rebuilt with another seed when a search gets long, so no input of honest origin makes it crawl.
 *
 * Not safe for use by several threads at once. Codes do not depend on the hash.
 */
#ifndef DG_LABEL_TABLE_H
#define DG_LABEL_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "kernels/status.h"

#define DG_HEAD_WORDS 4
#define DG_HEAD_BYTES ((size_t)32)

/* Where one value of a column lies. */
struct dg_span {
    const uint8_t *bytes; /* NULL: the value is missing */
    uint32_t length;      /* in bytes */
    uint16_t kind;        /* labels of different kinds differ whatever their bytes */
    uint16_t has_room;    /* not 0: all 32 bytes from `bytes` on may be read, whatever the length */
};

struct dg_label {
    uint64_t head[DG_HEAD_WORDS]; /* the first 32 bytes, in memory order, then zeros */
    uint32_t length;
    uint32_t kind;
    size_t offset; /* of the whole label in `bytes`, if it is longer than 32 bytes */
};

struct dg_slot {
    uint32_t tag;    /* the upper half of the label's hash */
    uint32_t number; /* its code + 1; 0 marks an empty slot */
};

struct dg_label_table {
    struct dg_slot *slots; /* n_slots of them, a power of two */
    struct dg_label *labels;
    uint8_t *bytes; /* the long labels, one after the other */
    size_t n_slots, n_labels, labels_held, n_bytes, bytes_held;
    uint64_t seed;
};

/* An empty table. On DG_NO_MEMORY the table holds nothing and need not be freed (but may be). */
dg_status dg_label_table_init(struct dg_label_table *table);

/* Releases what the table owns and leaves it all zero. */
void dg_label_table_free(struct dg_label_table *table);

/* The codes of n values, new labels included; -1 for a missing one. On DG_NO_MEMORY the codes are not all written; the
 * table stays valid. */
dg_status dg_label_table_code(struct dg_label_table *table, const struct dg_span *spans, size_t n, int32_t *codes);

/* The codes of n numbers, each its own label; -1 where the bit valid_offset + i of `valid` (may be NULL) is 0. */
dg_status dg_label_table_code_words(struct dg_label_table *table, const uint64_t *words, size_t n,
                                    const uint8_t *valid, size_t valid_offset, int32_t *codes);

/* The bytes of label `code` (< n_labels), valid until the table next changes. */
const uint8_t *dg_label_table_bytes(const struct dg_label_table *table, size_t code);

#endif
