"""From a paper's file to a document and the numbers that it reports."""
