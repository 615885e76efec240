"""Benchmark complaint handling against published standards."""
