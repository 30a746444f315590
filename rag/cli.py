"""The command ``kamerantwoord``: thin verbs over the library.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done but some input was rejected.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from embeddings.encoder import load_encoder
from embeddings.errors import EncoderError
from rag.answers import Filters
from rag.batch import answer_all, answer_record, parse_filters, read_questions, write_answers
from rag.dutch import Verb, Verbs
from rag.errors import FilterError, KamerantwoordError, QuestionError, Rejection
from rag.evaluation import Judged, read_judged
from rag.index import build as building
from rag.index import snapshot
from rag.passages import has_passages, passage_index
from rag.progress import Progress
from rag.readers import read_sources
from rag.report import evaluation_report, info_report, legs_report
from rag.retriever import Retriever
from rag.settings import DEFAULT_INDEX
from rag.terminal import answer_text, harmless, table

REJECTED = 3

app = typer.Typer(
    name="kamerantwoord",
    cls=Verbs,
    help="Vraag in gewoon Nederlands; lees wat ministers antwoordden op Kamervragen, letterlijk en met bron.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

IndexOption = Annotated[Path, typer.Option("--index", metavar="MAP", help="De map van de index.")]
CountOption = Annotated[int, typer.Option("-k", metavar="N", help="Hoeveel citaten hoogstens.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Schrijf JSON.")]
Since = Annotated[
    str | None, typer.Option(metavar="DATUM", help="Beantwoord op of na deze dag (jjjj-mm-dd).")
]
Until = Annotated[
    str | None, typer.Option(metavar="DATUM", help="Beantwoord op of voor deze dag (jjjj-mm-dd).")
]
MinisterOption = Annotated[
    str | None, typer.Option(metavar="NAAM", help="Wie antwoordde, op naam of achternaam.")
]
Ministry = Annotated[str | None, typer.Option(metavar="NAAM", help="Het ministerie dat antwoordde.")]
AskerOption = Annotated[str | None, typer.Option(metavar="NAAM", help="Wie vroeg, op naam of achternaam.")]
Party = Annotated[str | None, typer.Option(metavar="NAAM", help="De partij van wie vroeg.")]
Topic = Annotated[str | None, typer.Option(metavar="WOORD", help="Een onderwerp.")]
KindOption = Annotated[str | None, typer.Option(metavar="SOORT", help="answered, supplement of correction.")]
DocumentOption = Annotated[str | None, typer.Option(metavar="ID", help="Een documentnummer.")]


@app.command(cls=Verb)
def build(
    source: Annotated[
        list[Path], typer.Argument(metavar="BRON", help="Bestanden en mappen in elke bekende vorm.")
    ],
    index: IndexOption = DEFAULT_INDEX,
    model: Annotated[
        str | None, typer.Option(metavar="NAAM", help="Een sentence-transformers-model.")
    ] = None,
) -> None:
    """Lees bronnen in het corpus en maak er een index van."""
    with _failures():
        progress = Progress(shown=True)
        encoder = load_encoder(model)
        report = building.build(read_sources(source), index, encoder, model=model, progress=progress)
    intake = report.intake
    typer.echo(
        f"Documenten: {intake.added} nieuw, {intake.changed} gewijzigd, {intake.unchanged} ongewijzigd."
    )
    typer.echo(f"Vectoren: {report.embedded} gemaakt, {report.reused} hergebruikt.")
    typer.echo(
        f"De index telt {report.counts['answers']} antwoorden uit {report.counts['documents']} documenten."
    )
    _end(intake.rejections)


@app.command(cls=Verb)
def ask(
    question: Annotated[str, typer.Argument(metavar="VRAAG", help="De vraag, tussen aanhalingstekens.")],
    index: IndexOption = DEFAULT_INDEX,
    k: CountOption = 5,
    as_json: JsonOption = False,
    since: Since = None,
    until: Until = None,
    minister: MinisterOption = None,
    ministry: Ministry = None,
    asker: AskerOption = None,
    party: Party = None,
    topic: Topic = None,
    kind: KindOption = None,
    document: DocumentOption = None,
) -> None:
    """Beantwoord een vraag met letterlijke citaten."""
    with _failures():
        filters = _filters(locals())
        answer = Retriever.open(index).search(question, k=k, filters=filters)
    if as_json:
        typer.echo(json.dumps(answer_record("q1", answer), ensure_ascii=False))
    else:
        typer.echo(answer_text(answer, colour=sys.stdout.isatty()))


@app.command(cls=Verb)
def batch(
    questions: Annotated[Path, typer.Argument(metavar="VRAGEN", help="Een bestand .txt, .csv of .jsonl.")],
    output: Annotated[Path, typer.Option(metavar="BESTAND", help="Schrijf naar .jsonl, .csv of .trec.")],
    index: IndexOption = DEFAULT_INDEX,
    k: CountOption = 5,
    since: Since = None,
    until: Until = None,
    minister: MinisterOption = None,
    ministry: Ministry = None,
    asker: AskerOption = None,
    party: Party = None,
    topic: Topic = None,
    kind: KindOption = None,
    document: DocumentOption = None,
) -> None:
    """Beantwoord een bestand met vragen."""
    rejected: list[Rejection] = []
    with _failures():
        filters, retriever = _filters(locals()), Retriever.open(index)
        # A wrong -k or filter on the command line is wrong usage, not a fault of each question.
        retriever.search_many([], k=k, filters=filters)
        asked = list(read_questions(questions, filters))
        shown = Progress(shown=True).counted(asked, "Vragen", total=len(asked))
        write_answers(output, answer_all(retriever, shown, k=k, rejected=rejected))
    typer.echo(f"{len(asked) - len(rejected)} vragen beantwoord in {output}.", err=True)
    _end(rejected)


@app.command(cls=Verb)
def evaluate(
    judged: Annotated[Path, typer.Argument(metavar="BEOORDEELD", help="Een .jsonl met beoordeelde vragen.")],
    index: IndexOption = DEFAULT_INDEX,
    as_json: JsonOption = False,
    legs: Annotated[bool, typer.Option("--legs", help="Vergelijk met elk onderdeel alleen.")] = False,
) -> None:
    """Meet de kwaliteit op beoordeelde vragen."""
    with _failures():
        report = legs_report if legs else evaluation_report
        with passage_index(judged) if has_passages(judged) else _judged_index(judged, index) as measured:
            typer.echo(report(*measured, as_json=as_json))


@app.command(cls=Verb)
def info(index: IndexOption = DEFAULT_INDEX, as_json: JsonOption = False) -> None:
    """Toon wat de index bevat en wat haar maakte."""
    with _failures():
        typer.echo(info_report(index, as_json=as_json))


@app.command(cls=Verb)
def verify(index: IndexOption = DEFAULT_INDEX) -> None:
    """Ga na of de index heel is: elk bestand, elke bit."""
    damage = snapshot.verify(index)
    for line in damage:
        typer.echo(line, err=True)
    if damage:
        typer.echo(
            "De index is beschadigd: bouw opnieuw, of ga terug met 'kamerantwoord rollback'.", err=True
        )
        raise typer.Exit(1)
    typer.echo("De index is heel.")


@app.command(cls=Verb)
def rollback(index: IndexOption = DEFAULT_INDEX) -> None:
    """Laat de vorige momentopname weer antwoorden."""
    with _failures():
        typer.echo(f"Nu antwoordt {snapshot.rollback(index).name}.")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; the process exits with the code that the verb deserves."""
    app(args=list(arguments) if arguments is not None else None, prog_name="kamerantwoord")


@contextmanager
def _judged_index(judged: Path, index: Path) -> Iterator[tuple[Retriever, list[Judged]]]:
    questions = read_judged(judged)
    yield Retriever.open(index), questions


@contextmanager
def _failures() -> Iterator[None]:
    """A known failure becomes a message and an exit code, never a stack trace."""
    try:
        yield
    except (FilterError, QuestionError) as error:
        typer.echo(harmless(f"Fout: {error}"), err=True)
        raise typer.Exit(2) from error
    except (KamerantwoordError, EncoderError, OSError) as error:
        typer.echo(harmless(f"Fout: {error}"), err=True)
        raise typer.Exit(1) from error


def _filters(values: dict[str, object]) -> Filters:
    names = Filters.__dataclass_fields__
    return parse_filters({name: value for name, value in values.items() if name in names}, Filters())


def _end(rejections: list[Rejection]) -> None:
    if rejections:
        typer.echo(f"Afgewezen: {len(rejections)}.\n{table(rejections)}", err=True)
        raise typer.Exit(REJECTED)
