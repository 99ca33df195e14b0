"""Excel workbooks: xlsx and xls, as the cells that they show."""
