"""The compiled extension; everything else about the package is in pyproject.toml.

DUEREGARD_SANITIZE=1 builds with assertions and the address and undefined-behaviour sanitizers.
"""

import os
from glob import glob

import numpy as np
from setuptools import Extension, setup

RELEASE = ["-O3"]  # gcc 12 needs -O3: its -O2 leaves the counting loops unvectorised
SANITIZE = ["-O1", "-g3", "-UNDEBUG", "-fsanitize=address,undefined", "-fno-omit-frame-pointer"]

sanitize = os.environ.get("DUEREGARD_SANITIZE") == "1"

setup(
    ext_modules=[
        Extension(
            "dueregard._core",
            sources=sorted(glob("csrc/**/*.c", recursive=True)),
            depends=sorted(glob("csrc/**/*.h", recursive=True)),
            include_dirs=["csrc", np.get_include()],
            define_macros=[
                ("NPY_NO_DEPRECATED_API", "NPY_2_0_API_VERSION"),
                ("NPY_TARGET_VERSION", "NPY_2_0_API_VERSION"),
            ],
            extra_compile_args=[
                "-std=c11",
                "-fvisibility=hidden",
                "-ffp-contract=off",  # a fused multiply-add would make instruction sets disagree
                "-Wall",
                "-Wextra",
                *(SANITIZE if sanitize else RELEASE),
            ],
            extra_link_args=["-fsanitize=address,undefined"] if sanitize else [],
        )
    ]
)
