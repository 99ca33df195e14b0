"""JX8: weights, columns of nature and direction, and self-evaluation, where a form has them."""
