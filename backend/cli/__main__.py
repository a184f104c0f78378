"""`python -m backend.cli`: the same as `image-studio`."""

from backend.cli import main

if __name__ == "__main__":
    main()
