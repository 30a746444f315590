"""The page in a real Chromium: ask, read, refine, copy; nothing leaves the machine."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, ViewportSize, expect

from embeddings.encoder import load_encoder
from rag import Filters, Quote, Retriever
from rag.index.build import build
from rag.progress import Progress
from rag.readers import read_sources
from rag.retriever import LONGEST_QUESTION
from tests.page.conftest import serving
from tests.page.test_text import HOSTILE

NONSENSE = "Qwrtpsdf zxcvbnm hjklqw?"


@dataclass
class Visit:
    """One window on the page, and everything that it asked for or complained of."""

    page: Page
    hosts: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)

    def watch(self) -> None:
        self.page.on("request", lambda request: self.hosts.add(urlsplit(request.url).hostname or request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._heard)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def ask(self, question: str) -> None:
        self.page.get_by_label("Uw vraag").fill(question)
        self.page.get_by_role("button", name="Zoek antwoord").click()
        expect(self.page.locator("#antwoord .asked bdi")).to_have_text(question)

    def cards(self) -> list[str]:
        return [str(card.get_attribute("id")) for card in self.page.locator("#antwoord .card").all()]


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    yield from visiting(browser, address)


def visiting(browser: Browser, address: str, width: int = 1280) -> Iterator[Visit]:
    """A window that fails the test where a request leaves the machine or a script fails."""
    size: ViewportSize = {"width": width, "height": 800}
    context = browser.new_context(viewport=size, locale="en-US", reduced_motion="reduce")
    visit = Visit(context.new_page())
    visit.page.set_default_timeout(15_000)
    visit.watch()
    visit.page.goto(address)
    visit.page.get_by_label("Uw vraag").wait_for()
    yield visit
    assert visit.hosts == {"127.0.0.1"}
    assert visit.complaints == []
    context.close()


@pytest.fixture(scope="session")
def retriever(sample_index: Path) -> Retriever:
    return Retriever.open(sample_index)


@pytest.fixture(scope="session")
def marked(retriever: Retriever) -> Quote:
    """A quote with a mark that is a part of a longer answer, found by its own question."""
    for name in retriever.values("document"):
        for exchange in retriever.document(name).exchanges:
            first = retriever.search(exchange.question[:300], k=1).quotes[:1]
            if first and first[0].mark and len(first[0].text) < len(first[0].answer_text):
                return first[0]
    raise AssertionError("the sample holds no long answer with a mark")


def asked(quote: Quote) -> str:
    return " ".join(quote.question[:300].split())


def test_page_speaks_dutch_and_starts_with_examples(visit: Visit) -> None:
    page = visit.page
    assert page.evaluate("document.documentElement.lang") == "nl"
    assert page.title() == "Kamerantwoord"
    expect(page.get_by_role("heading", level=1)).to_have_text("Kamerantwoord")
    expect(page.get_by_text("alle documenten hierin zijn verzonnen")).to_be_visible()
    expect(page.locator(".example")).to_have_count(6)


def test_asking_gives_the_quotes_of_the_library(visit: Visit, retriever: Retriever, marked: Quote) -> None:
    visit.ask(asked(marked))
    answer = retriever.search(asked(marked))
    expect(visit.page.get_by_role("status").first).to_have_text(f"{len(answer.quotes)} citaten gevonden")
    assert len(visit.cards()) == len(answer.quotes)
    for card, quote in zip(visit.page.locator("#antwoord .card").all(), answer.quotes, strict=True):
        lines = [line.text_content() for line in card.locator("blockquote p").all()]
        assert lines == [line for line in quote.text.split("\n") if line.strip()]
        assert card.locator("cite").text_content() == quote.citation
        assert card.locator("a", has_text="Officieel antwoord").get_attribute("href") == quote.url


def test_deciding_sentence_is_marked(visit: Visit, marked: Quote) -> None:
    visit.ask(asked(marked))
    mark = visit.page.locator("#antwoord .card").first.locator("blockquote mark")
    expect(mark).to_be_visible()
    assert "".join(mark.all_text_contents()) == str(marked.mark).replace("\n", "")


def test_whole_answer_opens_with_its_mark(visit: Visit, marked: Quote) -> None:
    visit.ask(asked(marked))
    whole = visit.page.locator("#antwoord details.whole").first
    expect(whole.locator(".text")).to_be_hidden()
    whole.locator("summary").click()
    expect(whole.locator("mark").first).to_be_visible()
    lines = whole.locator(".text p").all_text_contents()
    assert lines == [line for line in marked.answer_text.split("\n") if line.strip()]


def test_filter_narrows_and_can_be_cleared(visit: Visit, retriever: Retriever, marked: Quote) -> None:
    party = str(marked.asked_by[0].party)
    page = visit.page
    page.get_by_text("Verfijnen").click()
    page.get_by_label("Partij van de vraagsteller").select_option(party)
    expect(page.locator(".refine .count")).to_have_text(" (1 ingesteld)")
    visit.ask(asked(marked))
    expected = retriever.search(asked(marked), filters=Filters(party=party)).quotes
    assert len(visit.cards()) == len(expected) > 0
    expect(page.locator("#antwoord .in-force")).to_contain_text(f"Partij van de vraagsteller: {party}")
    for card in page.locator("#antwoord .provenance").all():
        expect(card).to_contain_text(f"({party})")
    page.get_by_role("button", name="Filters wissen").click()
    page.get_by_role("button", name="Zoek antwoord").click()
    expect(page.locator("#antwoord .in-force")).to_have_count(0)
    unrefined = " ".join(page.locator("#antwoord .provenance").all_text_contents())
    assert any(f"({other})" in unrefined for other in retriever.values("party") if other != party)


def test_period_of_one_day_keeps_that_day_alone(visit: Visit, marked: Quote) -> None:
    visit.page.get_by_text("Verfijnen").click()
    for label in ("Beantwoord vanaf", "Beantwoord tot en met"):
        visit.page.get_by_label(label).fill(str(marked.answered))
    visit.ask(asked(marked))
    dates = set(visit.page.locator("#antwoord .card .when time").all_text_contents())
    assert len(dates) == 1


def test_nothing_found_says_so_and_what_to_do(visit: Visit) -> None:
    visit.ask(NONSENSE)
    page = visit.page
    expect(page.get_by_role("status").first).to_have_text("Geen antwoord gevonden")
    expect(page.locator("#antwoord .card")).to_have_count(0)
    expect(page.locator("#antwoord")).to_contain_text("Wat u kunt proberen")


def test_example_is_asked_by_a_click(visit: Visit) -> None:
    example = visit.page.locator(".example").first
    question = str(example.text_content())
    example.click()
    expect(visit.page.locator("#antwoord .asked bdi")).to_have_text(question)
    assert visit.cards()


def test_enter_asks_and_earlier_questions_stay(visit: Visit, marked: Quote) -> None:
    page = visit.page
    visit.ask(asked(marked))
    page.get_by_label("Uw vraag").fill(NONSENSE)
    page.get_by_label("Uw vraag").press("Enter")
    expect(page.locator("#antwoord .asked bdi")).to_have_text(NONSENSE)
    earlier = page.locator("#eerder details").first
    expect(earlier.locator("> summary")).to_contain_text(asked(marked))
    earlier.locator("> summary").click()
    expect(earlier.locator("blockquote").first).to_be_visible()
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id).filter(id => id)")
    assert len(ids) == len(set(ids))


def test_citation_is_copied(visit: Visit, address: str, marked: Quote) -> None:
    page = visit.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address.rstrip("/"))
    visit.ask(asked(marked))
    button = page.locator("#antwoord .copy").first
    button.click()
    expect(button).to_have_text("Gekopieerd")
    expect(page.get_by_role("status").first).to_have_text("Gekopieerd.")
    assert page.evaluate("navigator.clipboard.readText()") == marked.citation


def test_citation_is_copied_without_permission(visit: Visit, marked: Quote) -> None:
    page = visit.page
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('nee')); }")
    visit.ask(asked(marked))
    page.locator("#antwoord .copy").first.click()
    page.get_by_label("Uw vraag").fill("")
    page.get_by_label("Uw vraag").press("Control+V")
    expect(page.get_by_label("Uw vraag")).to_have_value(marked.citation)


def test_empty_question_is_not_sent(visit: Visit) -> None:
    visit.page.get_by_role("button", name="Zoek antwoord").click()
    expect(visit.page.get_by_role("status").first).to_contain_text("De vraag is leeg")
    expect(visit.page.locator("#antwoord .turn")).to_have_count(0)


def test_too_long_question_is_refused_in_words(visit: Visit) -> None:
    page = visit.page
    page.get_by_label("Uw vraag").evaluate("field => field.removeAttribute('maxlength')")
    page.get_by_label("Uw vraag").fill("waarom " * LONGEST_QUESTION)
    page.get_by_role("button", name="Zoek antwoord").click()
    expect(page.locator("#antwoord .failure")).to_contain_text(str(LONGEST_QUESTION))
    expect(page.get_by_role("status").first).to_have_text("De vraag is niet beantwoord")


def test_server_that_refuses_is_no_success(visit: Visit) -> None:
    page = visit.page

    def busy(route: Route) -> None:
        route.fulfill(status=503, content_type="application/json", body='{"detail": "full"}')

    page.route("**/queue/join*", busy)
    page.get_by_label("Uw vraag").fill("Vaart de pont?")
    page.get_by_role("button", name="Zoek antwoord").click()
    expect(page.get_by_role("status").first).to_contain_text("Het zoeken is niet gelukt")
    # The browser itself reports the refused request.
    assert [text for text in visit.complaints if "503" not in text] == []
    visit.complaints.clear()


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_no_width_scrolls_sideways(browser: Browser, address: str, marked: Quote, width: int) -> None:
    for visit in visiting(browser, address, width):
        visit.ask(asked(marked))
        assert visit.page.evaluate("document.documentElement.scrollWidth") == width


def test_documents_never_become_markup(browser: Browser, tmp_path: Path) -> None:
    with serving(hostile_index(tmp_path)) as address:
        for visit in visiting(browser, address):
            visit.page.evaluate("() => { window.alert = () => { throw new Error('markup ran'); }; }")
            visit.ask("Wat vindt de minister van de vijandige bijlage?")
            texts = visit.page.locator("#antwoord blockquote").all_text_contents()
            assert any(HOSTILE[0] in text for text in texts)
            assert visit.page.locator("#antwoord :is(script, style, img, b, h1)").count() == 0
            assert visit.page.locator("#antwoord .card").count() == len(texts)


def hostile_index(folder: Path) -> Path:
    """An index of one document each of whose texts attacks the page."""
    attack = " ".join(HOSTILE)
    document = {
        "id": "fictie-20402041-999",
        "kind": "answered",
        "title": f"Vragen over de vijandige bijlage {attack}",
        "asked": "2040-10-02",
        "answered": "2040-10-24",
        "asked_by": [{"name": attack, "party": attack}],
        "answered_by": [{"name": None, "office": f"Minister van {attack}"}],
        "topics": [attack],
        "url": f"https://voorbeeld.invalid/{attack}",
        "exchanges": [
            {
                "number": "1",
                "question": f"Wat vindt de minister van de vijandige bijlage? {attack}",
                "answer": f"De vijandige bijlage is {attack} en de minister vindt dat ongewenst.",
            }
        ],
    }
    source = folder / "hostile.jsonl"
    source.write_text(json.dumps(document), encoding="utf-8")
    build(read_sources([source]), folder / "index", load_encoder(), progress=Progress())
    return folder / "index"
