"""What typer itself says, help and mistakes of usage, in Dutch."""

import re
import sys
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

_WORDS = (
    (r"^Usage:", "Gebruik:"),
    (r"\[OPTIONS\]", "[OPTIES]"),
    (r"COMMAND \[ARGS\]\.\.\.", "WERKWOORD ..."),
    (r"^Options:", "Opties:"),
    (r"^Arguments:", "Argumenten:"),
    (r"^Commands:", "Werkwoorden:"),
    (r"Show this message and exit\.", "Toon deze hulp."),
    (r"\[required\]", "[verplicht]"),
    (r"\[default: ", "[standaard: "),
    (r" <(?:str|path|int)>", ""),
    (r"^Missing argument '(.*?)'\.", r"\1 ontbreekt."),
    (r"^Missing option '(.*?)'\.", r"De optie \1 ontbreekt."),
    (r"^Missing command\.", "Er ontbreekt een werkwoord."),
    (r"^No such option: (\S+)", r"De optie \1 bestaat niet."),
    (r"\(Possible options: (.*)\)|Did you mean (.*)\?", r"Bedoelt u \1\2?"),
    (r"^No such command '(.*)'\.", r"Het werkwoord \1 bestaat niet."),
    (r"^Option '(.*)' requires an argument\.", r"De optie \1 vraagt om een waarde."),
    (r"^Option '(.*)' does not take a value\.", r"De optie \1 krijgt geen waarde."),
    (r"^Got unexpected extra argument(?:s|\(s\))? \((.*)\)", r"Te veel argumenten: \1."),
    (r"(?s)^Invalid value for '(.*?)': .*", r"De waarde van \1 heeft niet de goede vorm."),
)


class Verb(TyperCommand):
    """A verb whose help is Dutch."""

    def get_help(self, ctx: Any) -> str:
        """The help text."""
        return dutch(super().get_help(ctx))


class Verbs(TyperGroup):
    """The verbs together; mistakes of usage are said in Dutch and end with exit code 2."""

    def get_help(self, ctx: Any) -> str:
        """The help text."""
        return dutch(super().get_help(ctx))

    def main(self, *args: Any, **more: Any) -> Any:
        """Run a verb; as typer does, but for the words."""
        standalone = more.pop("standalone_mode", True)
        more["standalone_mode"] = False
        try:
            code = super().main(*args, **more)
        except typer.TyperException as error:
            if not standalone:
                raise
            typer.echo(_mistake(error), err=True)
            code = error.exit_code
        if not standalone:
            return code
        sys.exit(code)


def dutch(text: str) -> str:
    """The text with typer's own phrases in Dutch; what it does not know stays."""
    for pattern, words in _WORDS:
        text = re.sub(pattern, words, text, flags=re.MULTILINE)
    return text


def _mistake(error: typer.TyperException) -> str:
    message, place = dutch(error.format_message()), getattr(error, "ctx", None)
    if message.startswith("Gebruik:"):
        return message
    usage = f"{dutch(place.get_usage())}\nHulp: {place.command_path} --help\n\n" if place else ""
    return f"{usage}Fout: {message}"
