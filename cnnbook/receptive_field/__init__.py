"""Exact receptive fields: which input pixels each unit of a network can see."""

from cnnbook.receptive_field.analyze import analyze
from cnnbook.receptive_field.errors import DataDependentControlFlow, UnsupportedOperator
from cnnbook.receptive_field.result import ReceptiveField
from cnnbook.receptive_field.specs import Branch, Conv, ConvTranspose, GlobalPool, Pool, Upsample

__all__ = [
    "Branch",
    "Conv",
    "ConvTranspose",
    "DataDependentControlFlow",
    "GlobalPool",
    "Pool",
    "ReceptiveField",
    "UnsupportedOperator",
    "Upsample",
    "analyze",
]
