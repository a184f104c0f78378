"""The five kinds of file that are taken, read and rewritten as containers: no pixel is decoded in here."""
