"""The model written out: one module an output format, from the plain data of the model alone."""
