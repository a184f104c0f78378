"""The room that may dial out: one file for each engine, a table and two calls."""
