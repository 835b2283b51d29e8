"""Areas of all sizes: funnels, and figures drawn towards the whole."""
