"""Questions of which several answers may be chosen: shares, ranks and gaps of options."""
