"""What a user meets in every command: its group and pages of help, sentences in both languages, the terminal."""
