"""Office Open XML, what docx and xlsx share: packages of parts, their XML, and writing into a copy."""
