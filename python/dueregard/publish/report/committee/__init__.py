"""The paper for a committee of an authority: the findings of the report in the sections that such a paper has."""
