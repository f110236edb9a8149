"""The figures of the pages as files: one list of columns behind CSV, workbook and reading guide."""
