"""The tokenizer: how a text is cut into known words and pieces of words."""

from collections.abc import Sequence

from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import Whitespace

UNKNOWN = "[UNK]"
CONTINUED = "##"
LONGEST_WORD = 60
# Takes soft hyphens and other control characters out as well, which PDF text is full of.
NORMALIZER = BertNormalizer(clean_text=True, handle_chinese_chars=False, strip_accents=True, lowercase=True)


def build_tokenizer(tokens: Sequence[str]) -> Tokenizer:
    """Whole words first, else the longest known beginning and continuations (``##``).

    Texts are lower-cased and lose their accents; punctuation is an unknown token. Token ``i`` is
    ``tokens[i]``, ``[UNK]`` among them.
    """
    vocabulary = {token: number for number, token in enumerate(tokens)}
    model = WordPiece(
        vocabulary,
        unk_token=UNKNOWN,
        continuing_subword_prefix=CONTINUED,
        max_input_chars_per_word=LONGEST_WORD,
    )
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = NORMALIZER
    tokenizer.pre_tokenizer = Whitespace()
    return tokenizer
