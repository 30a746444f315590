"""The manifest: what a snapshot holds, what made it, and the digest of every file in it."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from rag.errors import SnapshotError
from rag.index.files import files_below, sha256_of

FORMAT = 2
NAME = "manifest.json"
_REBUILD = "bouw de index opnieuw met 'kamerantwoord build'"


@dataclass(frozen=True, slots=True)
class EncoderMark:
    """Which encoder made the vectors; ``model`` is what to load it by, ``None`` the built-in one."""

    name: str
    digest: str
    dimension: int
    model: str | None


@dataclass(frozen=True, slots=True)
class FileMark:
    """Size in bytes and SHA-256 of one file."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything that must agree before a snapshot may answer."""

    format: int
    made: str
    encoder: EncoderMark
    analyser: str
    counts: dict[str, int]
    files: dict[str, FileMark]

    @classmethod
    def of(cls, folder: Path, encoder: EncoderMark, analyser: str, counts: dict[str, int]) -> Self:
        """The manifest of a folder whose files are all written."""
        marks = {
            path.relative_to(folder).as_posix(): FileMark(path.stat().st_size, sha256_of(path))
            for path in files_below(folder)
        }
        made = datetime.now(UTC).isoformat(timespec="seconds")
        return cls(FORMAT, made, encoder, analyser, counts, marks)

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read a folder's manifest.

        Raises:
            SnapshotError: it is absent, damaged, or of another format.
        """
        try:
            values = json.loads((folder / NAME).read_text(encoding="utf-8"))
            if values["format"] != FORMAT:
                raise SnapshotError(f"{folder} heeft vorm {values['format']}, verwacht {FORMAT}: {_REBUILD}.")
            values["encoder"] = EncoderMark(**values["encoder"])
            values["files"] = {name: FileMark(**mark) for name, mark in values["files"].items()}
            return cls(**values)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise SnapshotError(f"Het manifest van {folder} is onleesbaar ({error}): {_REBUILD}.") from error

    def write(self, folder: Path) -> None:
        """Write it beside the files that it describes."""
        (folder / NAME).write_text(json.dumps(asdict(self), indent=1, ensure_ascii=False), encoding="utf-8")

    def missing(self, folder: Path) -> list[str]:
        """Files that are absent or of another size; reads no content, so it is fit for every start."""
        return [
            f"{name}: {_size(folder / name)} bytes, verwacht {mark.bytes}"
            for name, mark in self.files.items()
            if _size(folder / name) != mark.bytes
        ]

    def damage(self, folder: Path) -> list[str]:
        """Every difference between the folder and this manifest, content included."""
        found = self.missing(folder)
        present = {path.relative_to(folder).as_posix(): path for path in files_below(folder)}
        found += [f"{name}: hoort er niet" for name in present if name not in self.files and name != NAME]
        return found + [
            f"{name}: inhoud veranderd (SHA-256 klopt niet)"
            for name, mark in self.files.items()
            if name in present
            and present[name].stat().st_size == mark.bytes
            and sha256_of(present[name]) != mark.sha256
        ]


def _size(file: Path) -> int:
    return file.stat().st_size if file.is_file() else -1
