"""Convolutional neural networks, explained and computed."""

__version__ = "0.1.0"
