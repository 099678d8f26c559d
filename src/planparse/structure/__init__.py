"""What the lines of a document are: letterhead, title, sections, tables, signature, recipients, parts."""
