"""The reference: a page of Markdown for each kind of file, made from the classes of the data format."""
