"""Trains what a line is about: examples, the linear model, and the weights that join it."""
