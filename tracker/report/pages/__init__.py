"""What does a reader see on a page? Pages as plain data, charts, and the templates that make HTML of them.

`forecast`, `forecaster` and `index` say what is on a page, pure functions over plain data; `render` makes HTML of it,
with `charts` in it. `site` writes a folder of them; a server may render the same with addresses of its own.
"""
