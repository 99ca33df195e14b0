"""One form in page terms: where it ends, and what its parts look like."""
