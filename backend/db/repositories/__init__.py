"""Queries, by noun. Every method takes the workspace first."""
