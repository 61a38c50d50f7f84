"""Benchmarks: ratios in one run against named peers and limits."""
