#include "harness.h"

int harness_passed, harness_failed;
bool harness_good;

void run_every_file(void); /* written by the Makefile */

int
main(void)
{
    run_every_file();
    printf("%d passed, %d failed\n", harness_passed, harness_failed);
    return harness_failed != 0;
}
