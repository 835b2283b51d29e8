#include "harness.h"
#include "kernels/coding/label_table.h"

#include <stdlib.h>
#include <string.h>

/* A span whose bytes end where their allocation ends, so that a read past the end is seen by the sanitizer. */
static struct dg_span
tight_span(const char *text, size_t length)
{
    uint8_t *bytes = malloc(length > 0 ? length : 1);
    if (bytes != NULL && length > 0) {
        memcpy(bytes, text, length);
    }
    return (struct dg_span){.bytes = bytes, .length = (uint32_t)length};
}

static void
free_span(struct dg_span span)
{
    free((void *)(uintptr_t)span.bytes);
}

static int32_t
code_of(struct dg_label_table *table, const char *text, size_t length, uint16_t kind)
{
    struct dg_span span = tight_span(text, length);
    span.kind = kind;
    int32_t code = -9;
    CHECK(dg_label_table_code(table, &span, 1, &code) == DG_OK);
    free_span(span);
    return code;
}

static void
every_length_is_its_own_label(void)
{
    struct dg_label_table table;
    CHECK(dg_label_table_init(&table) == DG_OK);
    char text[200];
    memset(text, 'x', sizeof text);
    for (int round = 0; round < 2; round++) {
        for (size_t length = 0; length <= sizeof text; length++) {
            CHECK(code_of(&table, text, length, 0) == (int32_t)length);
        }
    }
    for (size_t length = 0; length <= sizeof text; length++) {
        CHECK(table.labels[length].length == length);
        CHECK(memcmp(dg_label_table_bytes(&table, length), text, length) == 0);
    }
    dg_label_table_free(&table);
}

static void
the_last_byte_tells_labels_apart(void)
{
    static const size_t lengths[] = {1, 7, 8, 9, 16, 31, 32, 33, 40, 41, 64, 100};
    struct dg_label_table table;
    CHECK(dg_label_table_init(&table) == DG_OK);
    int32_t next = 0;
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        char text[100];
        memset(text, 'x', sizeof text);
        for (int c = 0; c < 256; c++) {
            text[lengths[i] - 1] = (char)c;
            CHECK(code_of(&table, text, lengths[i], 0) == next++);
        }
    }
    dg_label_table_free(&table);
}

static void
zeros_and_kinds_count(void)
{
    struct dg_label_table table;
    CHECK(dg_label_table_init(&table) == DG_OK);
    CHECK(code_of(&table, "a", 1, 0) == 0);
    CHECK(code_of(&table, "a\0", 2, 0) == 1);
    CHECK(code_of(&table, "a", 1, 1) == 2);
    CHECK(code_of(&table, "", 0, 0) == 3);
    CHECK(code_of(&table, "", 0, 1) == 4);
    CHECK(code_of(&table, "a", 1, 0) == 0);
    dg_label_table_free(&table);
}

static void
room_makes_no_difference(void)
{
    static const uint8_t text[64] = "a label, and then what is not part of it, up to the sixty-fourth";
    struct dg_label_table table;
    CHECK(dg_label_table_init(&table) == DG_OK);
    for (uint32_t length = 0; length <= 32; length++) {
        struct dg_span spans[2] = {{.bytes = text, .length = length, .has_room = 1}, {.bytes = text, .length = length}};
        int32_t codes[2];
        CHECK(dg_label_table_code(&table, spans, 2, codes) == DG_OK);
        CHECK(codes[0] == (int32_t)length && codes[1] == (int32_t)length);
    }
    dg_label_table_free(&table);
}

static void
missing_values_are_no_labels(void)
{
    struct dg_label_table table;
    CHECK(dg_label_table_init(&table) == DG_OK);
    struct dg_span spans[2] = {{.bytes = NULL}, {.bytes = NULL, .length = 5}};
    int32_t codes[2] = {7, 7};
    CHECK(dg_label_table_code(&table, spans, 2, codes) == DG_OK);
    CHECK(codes[0] == -1 && codes[1] == -1 && table.n_labels == 0);
    dg_label_table_free(&table);
}

static void
many_numbers(void)
{
    enum { N = 200000 };
    uint64_t *words = malloc(N * sizeof *words);
    int32_t *codes = malloc(N * sizeof *codes);
    struct dg_label_table table;
    CHECK(dg_label_table_init(&table) == DG_OK);
    if (words != NULL && codes != NULL) {
        for (int shift = 0; shift < 64; shift += 21) {
            dg_label_table_free(&table);
            CHECK(dg_label_table_init(&table) == DG_OK);
            for (uint64_t i = 0; i < N; i++) {
                words[i] = i << shift; /* some of them equal: they wrap */
            }
            CHECK(dg_label_table_code_words(&table, words, N, NULL, 0, codes) == DG_OK);
            bool all = true;
            for (size_t i = 0; i < N; i++) {
                all = all && table.labels[codes[i]].head[0] == words[i];
            }
            CHECK(all);
            CHECK(table.n_slots <= 64 * table.n_labels || table.n_slots == 4096);
        }
    }
    dg_label_table_free(&table);
    free(words);
    free(codes);
}

static void
few_labels_have_slots_of_their_own(void)
{
    struct dg_label_table table;
    CHECK(dg_label_table_init(&table) == DG_OK);
    for (char c = 'a'; c <= 'z'; c++) {
        CHECK(code_of(&table, &c, 1, 0) == c - 'a');
    }
    CHECK(table.n_slots == 4096);
    for (char c = 'a'; c <= 'z'; c++) {
        CHECK(code_of(&table, &c, 1, 0) == c - 'a');
    }
    dg_label_table_free(&table);
}

void test_label_table(void);
void
test_label_table(void)
{
    RUN(every_length_is_its_own_label);
    RUN(the_last_byte_tells_labels_apart);
    RUN(zeros_and_kinds_count);
    RUN(room_makes_no_difference);
    RUN(missing_values_are_no_labels);
    RUN(many_numbers);
    RUN(few_labels_have_slots_of_their_own);
}
