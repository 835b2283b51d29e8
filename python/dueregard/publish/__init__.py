"""What people see: sentences, tables, charts, files, checks and the report."""
