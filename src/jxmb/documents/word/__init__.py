"""Word documents: docx, and doc turned into it."""
