#include "harness.h"
#include "kernels/resampling/philox.h"

/* numpy.random.Philox(counter=[0, replicate, 0, 0], key=key).random_raw(6) */
static void
words_are_numpys(void)
{
    static const uint64_t keys[3][2] = {{0, 0}, {1, 2}, {0x452821e638d01377u, 0xbe5466cf34e90c6cu}};
    static const uint64_t replicates[3] = {0, 5, UINT64_MAX};
    static const uint64_t words[3][6] = {
            {0x02f4ba6408e4d89bu, 0x3dd62b0b9ca8c5b2u, 0x1c8667a55d902e79u, 0x907d7a052fd5b4dcu, 0x809bf322883987c3u,
             0x471128b9e807f7ddu},
            {0x672ff3834d805a25u, 0x7e7f1a62d7799b71u, 0x3bac5fb8296375ecu, 0x98e2de60b3a33402u, 0x3305d72eb4ffda85u,
             0x6618e59275c44e66u},
            {0x6dd7e7520e8b1209u, 0xc8084ced259b80aau, 0x6dda8b8393b3f521u, 0xfd6b810eeee1be98u, 0x1889769669525982u,
             0x0de815106a3e4a7eu}};
    for (int i = 0; i < 3; i++) {
        const dg_philox_key key = {{keys[i][0], keys[i][1]}};
        dg_philox stream = dg_philox_start(key, replicates[i]);
        for (int j = 0; j < 6; j++) {
            CHECK(dg_philox_next(&stream) == words[i][j]);
        }
    }
}

static void
a_block_is_its_counters_alone(void)
{
    const dg_philox_key key = {{1, 2}};
    uint64_t block[4];
    dg_philox_block((uint64_t[]){2, 5, 0, 0}, key, block);
    CHECK(block[0] == 0x3305d72eb4ffda85u && block[1] == 0x6618e59275c44e66u);
}

static void
uniforms_are_the_upper_bits(void)
{
    dg_philox words = dg_philox_start((dg_philox_key){{9, 9}}, 3), numbers = words;
    for (int i = 0; i < 1000; i++) {
        const double u = dg_philox_uniform(&numbers);
        CHECK(u == (double)(dg_philox_next(&words) / 2048) / 9007199254740992.0);
        CHECK(u >= 0.0 && u < 1.0);
    }
}

void test_philox(void);
void
test_philox(void)
{
    RUN(words_are_numpys);
    RUN(a_block_is_its_counters_alone);
    RUN(uniforms_are_the_upper_bits);
}
