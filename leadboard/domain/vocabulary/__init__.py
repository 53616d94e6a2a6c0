"""The words the pipeline knows: small closed tables (skills sheet, section 4) and the way they are found in a text."""
