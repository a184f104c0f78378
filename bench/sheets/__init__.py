"""Contact sheets: what each operation makes of real photographs, to look at."""
