"""Where the program that is one file begins: PyInstaller wants a script outside the package."""

from jxmb.cli.desktop import main

if __name__ == "__main__":
    main()
