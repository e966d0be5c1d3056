"""Imported where processes that read are made: what each of them needs is loaded once, before they part.

Reading a first sentence loads the lexicons and compiles the rules.
"""

import gc

from .pipeline import reading_of
from .reading import article_from_text

reading_of(article_from_text("县财政局出台办法，发放创业补贴20万元，惠及返乡农民工。", source=__name__))
gc.collect()
gc.freeze()
