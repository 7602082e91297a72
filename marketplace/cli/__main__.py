"""`python -m marketplace.cli` is `lumbung`."""

from marketplace.cli import main

if __name__ == "__main__":
    main()
