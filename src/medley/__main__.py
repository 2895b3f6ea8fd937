"""`python -m medley`: the same as the `medley` command."""

from medley.app.cli import main

if __name__ == "__main__":
    main()
