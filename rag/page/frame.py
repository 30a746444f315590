"""What stands around the conversation: heading, banner, footer. Pure."""

from rag.answers import Coverage
from rag.page.text import shown
from rag.terminal import coverage_text


def header(coverage: Coverage) -> str:
    """Name, purpose and what is searched; a banner while the documents are made up."""
    banner = (
        '<p class="banner" role="note">Voorbeeldgegevens: alle documenten hierin zijn verzonnen.</p>'
        if coverage.fictional
        else ""
    )
    return (
        f'{banner}<header class="page-head"><h1>Kamerantwoord</h1>'
        "<p>Stel een vraag in gewone woorden en lees wat ministers antwoordden op Kamervragen: "
        "letterlijk, met bron.</p>"
        f'<p class="coverage">Doorzoekt {shown(coverage_text(coverage))}.</p></header>'
    )


def footer() -> str:
    """How to read the page, and what happens to a question."""
    return (
        '<footer class="page-foot"><p>Elk citaat is een letterlijk stuk uit het officiële antwoord; de '
        "gemarkeerde zin past het best bij uw vraag. Deze dienst schrijft zelf geen tekst. Uw vraag wordt "
        "niet bewaard.</p></footer>"
    )
