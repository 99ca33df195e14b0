"""Where what a run gives goes: files, folders and the terminal."""
