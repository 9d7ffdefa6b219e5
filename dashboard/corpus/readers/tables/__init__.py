"""Tables, one article a row: CSV, Excel and Parquet; which column is which field."""
