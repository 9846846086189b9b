"""What markup formats (JATS, HTML) share: safe XML, tables on their grid, header rows, row levels, notes, formulas."""
