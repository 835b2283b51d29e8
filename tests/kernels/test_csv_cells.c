#include "harness.h"
#include "cpu/csv_marks.h"
#include "kernels/coding/csv_cells.h"

#include <stdlib.h>
#include <string.h>

#define MOST_ROWS 8

static const int32_t BOTH[] = {0, 1}, SECOND[] = {-1, 0}, ALL_THREE[] = {0, 1, 2}, ONE[] = {0};

/* The rows of `text`, in a copy that ends where its allocation ends; what is found is written as "a|b;c|d;". */
static dg_status
locate(const char *text, size_t size, bool is_last, size_t n_columns, const int32_t *slots, size_t n_slots, char *found,
       struct dg_csv_reader *reader, enum dg_csv_fault *fault)
{
    uint8_t *copy = malloc(size > 0 ? size : 1);
    if (copy == NULL) {
        return DG_NO_MEMORY;
    }
    memcpy(copy, text, size);
    struct dg_span spans[3 * MOST_ROWS];
    size_t n_rows = 0, at = 0;
    dg_csv_start(reader, copy, size, 0, is_last, n_columns, slots);
    dg_status status = dg_csv_locate(reader, MOST_ROWS, spans, &n_rows, fault);
    for (size_t row = 0; row < n_rows; row++) {
        for (size_t slot = 0; slot < n_slots; slot++) {
            const struct dg_span *span = spans + slot * MOST_ROWS + row;
            CHECK(span->bytes != NULL);
            CHECK(!span->has_room || (span->bytes >= copy && span->bytes + 32 <= copy + size));
            memcpy(found + at, span->bytes, span->length);
            at += span->length;
            found[at++] = slot + 1 < n_slots ? '|' : ';';
        }
    }
    found[at] = 0;
    dg_csv_end(reader);
    free(copy);
    return status;
}

static void
check_found(const char *text, size_t n_columns, const int32_t *slots, size_t n_slots, const char *expected)
{
    char found[400];
    struct dg_csv_reader reader;
    enum dg_csv_fault fault;
    CHECK(locate(text, strlen(text), true, n_columns, slots, n_slots, found, &reader, &fault) == DG_OK);
    CHECK(fault == DG_CSV_NONE && strcmp(found, expected) == 0);
}

static void
plain_rows(void)
{
    check_found("a,b\nc,d\n", 2, BOTH, 2, "a|b;c|d;");
    check_found("a,b\r\nc,d", 2, BOTH, 2, "a|b;c|d;");
    check_found("a,b\nc,d\r\n", 2, SECOND, 1, "b;d;");
    check_found("", 2, BOTH, 2, "");
    check_found(",\n,", 2, BOTH, 2, "|;|;");
    check_found("\n\n", 1, ONE, 1, ";;");
    check_found("a,b\"c,d\n", 3, ALL_THREE, 3, "a|b\"c|d;");
}

static void
quoted_rows(void)
{
    check_found("\"a,\nb\",\"c\"\nd,e\n", 2, BOTH, 2, "a,\nb|c;d|e;");
    check_found("\"a\"\"b\",\"\"\"\"\r\n\"\",\"x\"", 2, BOTH, 2, "a\"b|\";|x;");
    check_found("\"\"\n\"\r\"", 1, ONE, 1, ";\r;");
}

static void
cells_across_blocks(void)
{
    char text[300], found[400];
    struct dg_csv_reader reader;
    enum dg_csv_fault fault;
    for (size_t length = 0; length < 140; length++) {
        memset(text, 'x', sizeof text);
        text[length] = ',';
        memcpy(text + length + 1, "\"y\"\"z\"\n", 7);
        CHECK(locate(text, length + 8, true, 2, BOTH, 2, found, &reader, &fault) == DG_OK);
        CHECK(strlen(found) == length + 5 && strcmp(found + length, "|y\"z;") == 0);
    }
}

static void
check_fault(const char *text, size_t n_columns, enum dg_csv_fault expected, size_t at, size_t n_cells)
{
    char found[400];
    struct dg_csv_reader reader;
    enum dg_csv_fault fault;
    CHECK(locate(text, strlen(text), true, n_columns, ALL_THREE, 0, found, &reader, &fault) == DG_CORRUPT);
    CHECK(fault == expected && reader.at == at);
    CHECK(expected != DG_CSV_CELLS || reader.n_cells == n_cells);
}

static void
faults(void)
{
    check_fault("a,b\nc\n", 2, DG_CSV_CELLS, 4, 1);
    check_fault("a,b\nc,d,e,f", 2, DG_CSV_CELLS, 4, 4);
    check_fault("a,b\n\nc,d\n", 2, DG_CSV_BLANK, 4, 0);
    check_fault("a,b\n\r\n", 2, DG_CSV_BLANK, 4, 0);
    check_fault("a,b\rc,d\n", 2, DG_CSV_RETURN, 0, 0);
    check_fault("a,b\r", 2, DG_CSV_RETURN, 0, 0);
    check_fault("a,\"b\"\rc", 2, DG_CSV_RETURN, 0, 0);
    check_fault("a,b\n\"c\"d,e\n", 2, DG_CSV_AFTER_QUOTE, 4, 0);
    check_fault("\"a\" ", 2, DG_CSV_AFTER_QUOTE, 0, 0);
    check_fault("a,b\nc,\"d\n", 2, DG_CSV_OPEN_QUOTE, 4, 0);
    check_fault("\"", 1, DG_CSV_OPEN_QUOTE, 0, 0);
}

static void
pieces_go_on_where_the_last_one_ended(void)
{
    const char *text = "skipped\na\nb\nc\n";
    struct dg_csv_reader reader;
    struct dg_span spans[2];
    size_t n_rows;
    enum dg_csv_fault fault;
    dg_csv_start(&reader, (const uint8_t *)text, strlen(text), 8, true, 1, ONE);
    CHECK(dg_csv_locate(&reader, 2, spans, &n_rows, &fault) == DG_OK && n_rows == 2 && *spans[1].bytes == 'b');
    CHECK(dg_csv_locate(&reader, 2, spans, &n_rows, &fault) == DG_OK && n_rows == 1 && *spans[0].bytes == 'c');
    CHECK(dg_csv_locate(&reader, 2, spans, &n_rows, &fault) == DG_OK && n_rows == 0);
    dg_csv_end(&reader);
}

static void
check_goes_on(const char *text, size_t at, const char *expected)
{
    char found[400];
    struct dg_csv_reader reader;
    enum dg_csv_fault fault;
    CHECK(locate(text, strlen(text), false, 2, BOTH, 2, found, &reader, &fault) == DG_OK);
    CHECK(fault == DG_CSV_NONE && reader.at == at && strcmp(found, expected) == 0);
}

static void
rows_that_go_on_in_the_text_that_follows(void)
{
    check_goes_on("a,b\nc", 4, "a|b;");
    check_goes_on("a,b\nc,d", 4, "a|b;");
    check_goes_on("a,b\nc,d\r", 4, "a|b;");
    check_goes_on("a,b\nc,\"d", 4, "a|b;");
    check_goes_on("a,b\nc,\"d\"", 4, "a|b;");
    check_goes_on("a,b\nc,d,e,f", 4, "a|b;");
    check_goes_on("a,b\nc,d\n", 8, "a|b;c|d;");
    check_goes_on("", 0, "");
}

static void
marks_with_and_without_vectors(void)
{
    uint8_t text[64];
    unsigned int state = 7;
    for (int round = 0; round < 500; round++) {
        for (size_t i = 0; i < sizeof text; i++) {
            state = state * 1103515245u + 12345u;
            text[i] = state >> 30 == 0 ? (uint8_t) ",\"\n\r"[state >> 20 & 3] : (uint8_t)(state >> 16);
        }
        CHECK(dg_csv_marks(text) == dg_csv_marks_plainly(text));
    }
}

void test_csv_cells(void);
void
test_csv_cells(void)
{
    RUN(plain_rows);
    RUN(quoted_rows);
    RUN(cells_across_blocks);
    RUN(faults);
    RUN(pieces_go_on_where_the_last_one_ended);
    RUN(rows_that_go_on_in_the_text_that_follows);
    RUN(marks_with_and_without_vectors);
}
