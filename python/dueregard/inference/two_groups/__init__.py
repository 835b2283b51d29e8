"""Two groups compared, and families of such comparisons."""
