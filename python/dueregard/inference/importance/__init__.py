"""What drivers have a part in: shares of explained variance, over all orders in which drivers can come."""
