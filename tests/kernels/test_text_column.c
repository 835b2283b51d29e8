#include "harness.h"
#include "kernels/coding/text_column.h"

#include <stdlib.h>
#include <string.h>

/* A copy that ends where its allocation ends, so that a read past it is seen by the sanitizer. */
static uint8_t *
tight(const void *bytes, size_t size)
{
    uint8_t *copy = malloc(size > 0 ? size : 1);
    if (copy != NULL && size > 0) {
        memcpy(copy, bytes, size);
    }
    return copy;
}

/* Codes the whole column into `codes`; the status, and the bad row if there is one. */
static dg_status
code_all(const struct dg_text_column *column, int32_t *codes, size_t *bad_row)
{
    struct dg_label_table table;
    CHECK(dg_label_table_init(&table) == DG_OK);
    *bad_row = 99;
    dg_status status = dg_text_column_code(column, &table, 0, column->n_rows, codes, bad_row);
    dg_label_table_free(&table);
    return status;
}

static dg_status
code_offsets32(const int32_t *offsets, size_t n_rows, const char *text, size_t size, int32_t *codes, size_t *bad_row)
{
    uint8_t *index = tight(offsets, (n_rows + 1) * sizeof *offsets);
    uint8_t *data = tight(text, size);
    struct dg_bytes buffer = {data, size};
    struct dg_text_column column = {
            .layout = DG_TEXT_OFFSETS32, .index = index, .n_rows = n_rows, .buffers = &buffer, .n_buffers = 1};
    dg_status status = code_all(&column, codes, bad_row);
    free(index);
    free(data);
    return status;
}

static void
good_offsets(void)
{
    const int32_t offsets[] = {0, 3, 3, 6, 9};
    int32_t codes[4];
    size_t bad_row;
    CHECK(code_offsets32(offsets, 4, "abcdefabc", 9, codes, &bad_row) == DG_OK);
    CHECK(codes[0] == 0 && codes[1] == 1 && codes[2] == 2 && codes[3] == 0);
}

static void
corrupt_offsets(void)
{
    static const struct {
        int32_t offsets[3];
        size_t bad_row;
    } cases[] = {
            {{-1, 1, 2}, 0}, {{0, 2, 1}, 1},         {{0, 1, 10}, 1},        {{0, 1, INT32_MAX}, 1},
            {{5, 4, 9}, 0},  {{0, INT32_MIN, 1}, 0}, {{INT32_MAX, 0, 0}, 0}, {{10, 10, 10}, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int32_t codes[2];
        size_t bad_row;
        CHECK(code_offsets32(cases[i].offsets, 2, "abcdefabc", 9, codes, &bad_row) == DG_CORRUPT);
        CHECK(bad_row == cases[i].bad_row);
    }
}

static void
corrupt_wide_offsets(void)
{
    static const int64_t cases[][2] = {{0, 10}, {-1, 0}, {0, INT64_MAX}, {INT64_MIN, INT64_MAX}, {3, 2}};
    struct dg_bytes buffer = {(const uint8_t *)"abcdefabc", 9};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct dg_text_column column = {.layout = DG_TEXT_OFFSETS64,
                                        .index = (const uint8_t *)cases[i],
                                        .n_rows = 1,
                                        .buffers = &buffer,
                                        .n_buffers = 1};
        int32_t code;
        size_t bad_row;
        CHECK(code_all(&column, &code, &bad_row) == DG_CORRUPT && bad_row == 0);
    }
}

static void
a_text_of_two_gigabytes_is_refused(void)
{
    const int64_t offsets[2] = {0, (int64_t)INT32_MAX + 1};
    struct dg_bytes buffer = {(const uint8_t *)"", SIZE_MAX}; /* never read */
    struct dg_text_column column = {.layout = DG_TEXT_OFFSETS64,
                                    .index = (const uint8_t *)offsets,
                                    .n_rows = 1,
                                    .buffers = &buffer,
                                    .n_buffers = 1};
    int32_t code;
    size_t bad_row;
    CHECK(code_all(&column, &code, &bad_row) == DG_CORRUPT);
}

static void
null_rows_are_not_looked_at(void)
{
    const int32_t offsets[] = {0, 1, 77, 1, 2};
    const uint8_t valid[] = {0x48}; /* from bit 3 on: present, missing, missing, present */
    struct dg_bytes buffer = {(const uint8_t *)"ab", 2};
    struct dg_text_column column = {.layout = DG_TEXT_OFFSETS32,
                                    .index = (const uint8_t *)offsets,
                                    .n_rows = 4,
                                    .buffers = &buffer,
                                    .n_buffers = 1,
                                    .valid = valid,
                                    .valid_offset = 3};
    int32_t codes[4];
    size_t bad_row;
    CHECK(code_all(&column, codes, &bad_row) == DG_OK);
    CHECK(codes[0] == 0 && codes[1] == -1 && codes[2] == -1 && codes[3] == 1);
}

static void
empty_text_in_no_buffer_is_not_missing(void)
{
    const int32_t offsets[] = {0, 0};
    struct dg_bytes buffer = {NULL, 0};
    struct dg_text_column column = {.layout = DG_TEXT_OFFSETS32,
                                    .index = (const uint8_t *)offsets,
                                    .n_rows = 1,
                                    .buffers = &buffer,
                                    .n_buffers = 1};
    int32_t code;
    size_t bad_row;
    CHECK(code_all(&column, &code, &bad_row) == DG_OK && code == 0);
}

struct packed_view {
    int32_t length;
    char rest[12];
};

static struct packed_view
long_view(int32_t length, int32_t buffer, int32_t offset)
{
    struct packed_view view = {.length = length};
    memcpy(view.rest + 4, &buffer, sizeof buffer);
    memcpy(view.rest + 8, &offset, sizeof offset);
    return view;
}

static dg_status
code_views(const struct packed_view *views, size_t n_rows, int32_t *codes, size_t *bad_row)
{
    uint8_t *index = tight(views, n_rows * sizeof *views);
    uint8_t *text = tight("a text of twenty char", 20);
    struct dg_bytes buffers[2] = {{text, 20}, {text, 15}};
    struct dg_text_column column = {
            .layout = DG_TEXT_VIEWS, .index = index, .n_rows = n_rows, .buffers = buffers, .n_buffers = 2};
    dg_status status = code_all(&column, codes, bad_row);
    free(index);
    free(text);
    return status;
}

static void
good_views(void)
{
    struct packed_view views[] = {
            {.length = 2, .rest = "ab"}, long_view(20, 0, 0), long_view(15, 1, 0),      long_view(15, 0, 0),
            {.length = 0},               long_view(13, 1, 2), {.length = 2, .rest = "ab"}};
    const int32_t expected[] = {0, 1, 2, 2, 3, 4, 0};
    int32_t codes[7];
    size_t bad_row;
    CHECK(code_views(views, 7, codes, &bad_row) == DG_OK);
    CHECK(memcmp(codes, expected, sizeof expected) == 0);
}

static void
corrupt_views(void)
{
    struct packed_view cases[] = {long_view(20, 0, 1),  long_view(16, 1, 0),         long_view(13, 2, 0),
                                  long_view(13, -1, 0), long_view(13, 0, -1),        long_view(-1, 0, 0),
                                  long_view(13, 0, 21), long_view(INT32_MAX, 0, 0),  long_view(INT32_MIN, 0, 0),
                                  long_view(13, INT32_MIN, 0), long_view(13, INT32_MAX, 0)};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct packed_view views[] = {{.length = 1, .rest = "a"}, cases[i]};
        int32_t codes[2];
        size_t bad_row;
        CHECK(code_views(views, 2, codes, &bad_row) == DG_CORRUPT && bad_row == 1);
    }
}

static void
records_backwards(void)
{
    uint8_t *records = tight("abcabxabc", 9);
    struct dg_text_column column = {
            .layout = DG_TEXT_RECORDS, .index = records + 6, .n_rows = 3, .stride = -3, .width = 3};
    int32_t codes[3];
    size_t bad_row;
    CHECK(code_all(&column, codes, &bad_row) == DG_OK);
    CHECK(codes[0] == 0 && codes[1] == 1 && codes[2] == 0);
    free(records);
}

static void
more_rows_than_a_block(void)
{
    enum { N = 5000 };
    static int32_t offsets[N + 1];
    static char text[N];
    static int32_t codes[N];
    for (int32_t i = 0; i < N; i++) {
        offsets[i + 1] = i + 1;
        text[i] = (char)('a' + i % 26);
    }
    size_t bad_row;
    CHECK(code_offsets32(offsets, N, text, N, codes, &bad_row) == DG_OK);
    bool all = true;
    for (int32_t i = 0; i < N; i++) {
        all = all && codes[i] == i % 26;
    }
    CHECK(all);
    offsets[4097] = -1;
    CHECK(code_offsets32(offsets, N, text, N, codes, &bad_row) == DG_CORRUPT && bad_row == 4096);
}

void test_text_column(void);
void
test_text_column(void)
{
    RUN(good_offsets);
    RUN(corrupt_offsets);
    RUN(corrupt_wide_offsets);
    RUN(a_text_of_two_gigabytes_is_refused);
    RUN(null_rows_are_not_looked_at);
    RUN(empty_text_in_no_buffer_is_not_missing);
    RUN(good_views);
    RUN(corrupt_views);
    RUN(records_backwards);
    RUN(more_rows_than_a_block);
}
