"""JSON Schemas for editors, one for each kind of file, made from the classes of the data format.

They are of draft-07: the YAML extension of VS Code has understood it in all its versions, and nothing newer is needed.
An editor then explains each key, offers what may stand there, the ids of this very plan among it, and underlines what
`safety-plan check` would refuse, as far as a JSON Schema can say it. What it cannot say is listed in
docs/editors.md; `check` has the last word.
"""
