"""The pages of the report, one file each."""
