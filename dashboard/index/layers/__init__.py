"""Layers: what is derived from articles segment by segment and joined over the corpus.

``layer`` says what each of them is, ``registry`` lists them; every other module is one layer.
Building, changing, publishing, opening and checking an index go over the registry: a new layer is a
module here and a line there.
"""
