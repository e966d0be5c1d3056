"""How figures are read: numerals, quantities, times, roles and the names of what is measured.

`kg.extract.observations` puts the parts together; nothing here knows of entities.
"""
