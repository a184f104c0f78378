"""Every hostile file by name, with what is expected of it. All are built in code, when first asked for."""

from tests.hostile.expect import Corpus
from tests.hostile.foreign_files import add_foreign
from tests.hostile.jpeg_files import add_jpegs
from tests.hostile.other_files import add_avifs, add_gifs, add_webps
from tests.hostile.png_files import add_pngs


def build():
    corpus = Corpus()
    for add in (add_jpegs, add_pngs, add_gifs, add_webps, add_avifs, add_foreign):
        add(corpus)
    return {bad.name: bad for bad in corpus.files}


CORPUS = build()
