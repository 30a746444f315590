"""Made-up texts for the encoder's tests: ordinary ones and odd ones."""

import random

_WORDS = (
    "de minister gemeente subsidie woningen wachtlijst Zeeland coördinatie beleid 2031 spoorwegovergang dijk "
    "onderzoek verpleegkundigen stikstof kaasmakerij ijsvogel toeslag en van het niet wel hoeveel waarom "
    "Fantasiedorp bruggenfonds windmolenpark schoolbus regenwaterput xqzvw €15 3,5% co2-heffing"
).split()

ODD = (
    "",
    "   ",
    "\n\t",
    "!!! ??? ...",
    "€ £ ½ °",
    "漢字 かな",
    "Ελληνικά кириллица",
    "🧀🚲",
    "\x00\x1f\x7f",
    "zacht\u00adafbreken",
    "harde\u00a0spatie",
    "e\u0301e\u0301n één",
    "a" * 400,
    "woningbouwsubsidieregelingen",
    "Woningbouw-subsidie / WONINGBOUWSUBSIDIE",
    "1 22 333 4444 55555 666666",
    "regel\r\nregel",
    "\ufeffmet een merkteken",
    "\ud83d los",
    "dit is «een citaat» – met streepje",
)


def made_up(count: int, *, seed: int = 7) -> list[str]:
    """``count`` ordinary texts of 1 to 120 words, always the same for one seed."""
    draw = random.Random(seed)
    return [" ".join(draw.choices(_WORDS, k=draw.randint(1, 120))) + "." for _ in range(count)]
