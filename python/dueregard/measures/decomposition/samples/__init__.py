"""Records taken apart by models: what regression and reweighting share."""
