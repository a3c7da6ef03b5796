"""The Vietnam–Laos border trade handbook: YAML data in, a bilingual site, open data and search documents out."""
