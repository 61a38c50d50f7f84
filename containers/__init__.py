"""Container tasks: an entry point each."""
