"""Documents made by code: one module a format, a small function a feature."""
