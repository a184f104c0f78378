"""Exporting: one picture decoded once, and the files of many formats made of it, each as it is ready."""
