/* The whole test framework. Each test_<noun>.c defines `void test_<noun>(void)`, which RUNs its static functions; the
 * Makefile finds the files and writes the function that calls them all. */
#ifndef HARNESS_H
#define HARNESS_H

#include <stdbool.h>
#include <stdio.h>

extern int harness_passed, harness_failed;
extern bool harness_good;

/* Notes a failure and goes on. */
#define CHECK(condition)                                                               \
    do {                                                                               \
        if (!(condition)) {                                                            \
            harness_good = false;                                                      \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);    \
        }                                                                              \
    } while (0)

/* Runs one function as one test. */
#define RUN(function)                                                                  \
    do {                                                                               \
        harness_good = true;                                                           \
        function();                                                                    \
        *(harness_good ? &harness_passed : &harness_failed) += 1;                      \
        if (!harness_good) {                                                           \
            fprintf(stderr, "FAILED %s\n", #function);                                 \
        }                                                                              \
    } while (0)

#endif
