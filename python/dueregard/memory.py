"""How much memory there is, asked before a large table is allocated."""

import os


def available() -> int:
    """Bytes that can be allocated without swapping, as far as the system tells."""
    try:
        with open("/proc/meminfo") as file:
            for line in file:
                if line.startswith("MemAvailable:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


def require(n_bytes: int, what: str) -> None:
    """Refuse, before allocating, what does not fit."""
    # Asking the system takes longer than counting a small table.
    if n_bytes > 1 << 26 and n_bytes > available():
        raise MemoryError(f"{what} needs {n_bytes / 2**30:,.1f} GiB and {available() / 2**30:,.1f} GiB are available")
