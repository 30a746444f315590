"""Made-up papers for the tests of the asking half, and what those tests share."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, settings
from safetensors.numpy import save_file
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.normalizers import Lowercase
from tokenizers.pre_tokenizers import Whitespace

from embeddings.encoder import Encoder
from rag.answers import Answer, Coverage, Filters, Quote
from rag.citation import citation
from rag.documents import Asker, Document, Exchange, Footnote, Kind, Minister
from rag.index.build import build
from rag.progress import Progress
from rag.readers import to_record

# A busy machine must not fail a property.
STEADY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
ROOT = Path(__file__).parents[2]
VERZONNEN = Minister("Verzonnen", "Minister van Bruggen")
PAPIER = Minister("Papier", "Staatssecretaris van Molens")
BRUG = "Waarom gaat de zwevende brug bij Waterdrecht zo vaak dicht?"
GOOSE = "Hoe vaak worden wandelaars in Bosveld door ganzen aangevallen?"
TITLE = "Ganzen in het park van"


def paper(name: str, title: str, *pairs: tuple[str, str], **more: object) -> Document:
    """An answered paper whose exchanges are numbered 1, 2, ..."""
    made = tuple(Exchange((str(n),), question, answer) for n, (question, answer) in enumerate(pairs, 1))
    document = Document(name, Kind.ANSWERED, title, made, answered_by=(VERZONNEN,))
    return replace(document, **more)  # type: ignore[arg-type]


def bridge_paper() -> Document:
    """Joint answers, a reference, footnotes, and everything known about it."""
    answer = (
        "De zwevende brug bij Waterdrecht gaat dicht als er een schip nadert. "
        "Dat gebeurde vorig jaar 1.240 keer, vooral in de zomer. "
        "Ik heb de beheerder gevraagd de brug in de spits open te laten."
    )
    exchanges = (
        Exchange(("1",), "Kent u het bericht over de zwevende brug?", "Ja."),
        Exchange(
            ("2", "3"),
            f"{BRUG}\nHoeveel keer was dat vorig jaar?",
            answer,
            footnotes=(Footnote("1", "Brugblad, 3 mei 2040.", 69), Footnote("2", None, 126)),
        ),
        Exchange(("4",), "Wanneer blijft de brug open?", "Zie het antwoord op vraag 2.", refers_to=("2",)),
    )
    return Document(
        "ah-tk-20402041-12",
        Kind.ANSWERED,
        "Vragen van het lid Voorbeeld (XYZ) over de zwevende brug bij Waterdrecht",
        exchanges,
        asked=date(2040, 10, 1),
        answered=date(2040, 10, 28),
        asked_by=(Asker("Voorbeeld", "XYZ"), Asker("De Vries-Verzinsel")),
        answered_by=(VERZONNEN,),
        on_behalf_of=("Minister van Molens",),
        topics=("verkeer", "water"),
        question_id="2040Z00012",
        url="https://voorbeeld.invalid/ah-tk-20402041-12.html",
        question_url="https://voorbeeld.invalid/kv-tk-2040Z00012.html",
    )


def linked_papers() -> list[Document]:
    """A delay notice, a supplement and a correction about the bridge, and a question without answer."""
    about = {"question_id": "2040Z00012", "asked": date(2040, 10, 1)}
    delay = paper("ah-tk-20402041-5", "Uitstel over de brug", **about, notice="Het antwoord vergt meer tijd.")
    later = ("Wat is er sindsdien gebeurd?", "De beheerder laat de zwevende brug nu in de spits open.")
    wrong = ("Klopt het aantal?", "Het juiste aantal sluitingen is 1.204, niet het eerder genoemde.")
    return [
        replace(delay, kind=Kind.DELAY, published=date(2040, 10, 15), answered_by=()),
        paper(
            "ah-tk-20402041-90", "Nader over de brug", later, **about, kind=Kind.SUPPLEMENT,
            answered=date(2040, 12, 1),
        ),
        paper(
            "ah-tk-20402041-12-n1", "Correctie over de brug", wrong, **about, kind=Kind.CORRECTION,
            answered=date(2041, 1, 5),
        ),
        paper("kv-tk-2040Z00077", "De kabelbaan", ("Komt de kabelbaan er?", ""), kind=Kind.UNANSWERED),
    ]  # fmt: skip


def goose_papers() -> list[Document]:
    """One theme in five papers of different people, parties and dates; the first says most."""
    places = ("Bosveld", "Heiloord", "Duinrade", "Kwelstad", "Terpen")
    rows = [
        ("hoe vaak ganzen wandelaars aanvielen", "Ganzen vielen in het park van {0} {1}0 wandelaars aan."),
        ("of er hekken komen", "In het park van {0} plaatst de gemeente {1} hekken tegen ganzen."),
        ("wie de ganzen telt", "De Rijksdienst voor Tellingen telt in {0} elk jaar de ganzen, nu {1}00."),
        (
            "wat een wandelaar kan doen",
            "Loop rustig door en kijk de gans in {0} niet langer dan {1} tellen aan.",
        ),
    ]
    return [
        paper(
            f"ah-tk-20412042-{n}",
            f"{TITLE} {place}",
            *((f"Kunt u zeggen {ask} in {place}?", text.format(place, n)) for ask, text in rows),
            answered=date(2041, n, 10),
            asked=date(2041, n, 1),
            asked_by=(Asker("Proefpersoon" if n % 2 else "Voorbeeld", "ABC" if n % 2 else "XYZ"),),
            answered_by=(PAPIER if n % 2 else VERZONNEN,),
            topics=("dieren",) if n < 5 else ("dieren", "parken"),
        )
        for n, place in enumerate(places, start=1)
    ]


def odd_papers() -> list[Document]:
    """Nothing known; a long answer; text that means something to a terminal or a spreadsheet."""
    long = "\n".join(
        f"De {what} van de vuurtoren op Zandplaat wordt in fase {n} hersteld. Dat kost {n} miljoen euro, "
        f"omdat de {what} door het zout is aangetast en er alleen bij eb gewerkt kan worden. De aannemer "
        f"heeft laten weten dat de planning voor de {what} gehaald wordt als de winter zacht is."
        for n, what in enumerate(("trap", "lamp", "koepel", "deur", "kelder", "balustrade", "vloer"), 1)
    )
    hostile = (
        "=1+1 is de som.\x1b[31m Rode\x07 tekst\t<b>over</b> de\xa0spiegelkast\u202e in de \x9b2Jhal. Ja."
    )
    bare = ("Waar ligt de sterrenwacht?", "De sterrenwacht ligt op de Vaalkop.")
    tower = ("Wanneer is de vuurtoren op Zandplaat klaar?", f"\n {long}  ")
    mirror = ("Waar staat\x1b]0;x\x07 de spiegelkast?", hostile)
    return [
        paper("2040Z09999", "Onbekende herkomst", bare, answered_by=()),
        paper("ah-ek-20402041-7", "De vuurtoren", tower),
        paper("raar \x1b[1mdocument", "=CMD()|de spiegelkast", mirror),
    ]


def stock() -> list[Document]:
    """The whole made-up corpus."""
    return [bridge_paper(), *linked_papers(), *goose_papers(), *odd_papers()]


def make_index(folder: Path, documents: Iterable[Document], encoder: Encoder) -> Path:
    """An index of these documents in a new folder."""
    build(documents, folder, encoder, progress=Progress())
    return folder


def sources(documents: Iterable[Document]) -> list[dict[str, object]]:
    """The documents in the exchange format."""
    return [to_record(document) for document in documents]


def tiny_model(folder: Path, texts: Sequence[str]) -> Path:
    """A real static model of 16 dimensions over the words of ``texts``, readable without torch."""
    words = sorted({word for text in texts for word in text.lower().split() if word.isalnum()})
    tokenizer = Tokenizer(WordLevel({word: n for n, word in enumerate(["?", *words])}, unk_token="?"))
    tokenizer.normalizer = Lowercase()
    tokenizer.pre_tokenizer = Whitespace()
    folder.mkdir()
    tokenizer.save(str(folder / "tokenizer.json"))
    table = np.random.default_rng(7).standard_normal((len(words) + 1, 16), dtype=np.float32)
    table[0] = 0
    save_file({"embedding.weight": table}, folder / "model.safetensors")
    module = '[{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"}]'
    (folder / "modules.json").write_text(module, encoding="utf-8")
    return folder


def quote_of(document: Document, place: int = 0, **more: object) -> Quote:
    """A quote of one whole answer without a mark."""
    exchange = document.exchanges[place]
    made = Quote(
        rank=1, score=0.5, document=document.id, answer=document.exchange_id(exchange), start=0,
        end=len(exchange.answer), text=exchange.answer, mark_start=None, mark_end=None,
        answer_text=exchange.answer, numbers=exchange.numbers, question=exchange.question,
        title=document.title, kind=document.kind, answered_by=document.answered_by,
        on_behalf_of=document.on_behalf_of, asked=document.asked, answered=document.answered,
        asked_by=document.asked_by, topics=document.topics, question_id=document.question_id,
        url=document.url, question_url=document.question_url, citation=citation(document),
        fictional=False, footnotes=exchange.footnotes,
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def answer_of(*quotes: Quote, query: str = "Een vraag?", fictional: bool = False) -> Answer:
    """What a search that found these quotes gives back."""
    coverage = Coverage(3, 9, date(2040, 10, 28), date(2041, 5, 10), fictional)
    advice = () if quotes else ("Stel de vraag anders.",)
    return Answer(query, bool(quotes), quotes, Filters(), coverage, advice)
