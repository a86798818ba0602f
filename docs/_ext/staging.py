"""A copy of the sources for each language, because the gallery's generated pages differ by language.

``python docs/_ext/staging.py BUILD en zh_CN`` brings ``BUILD/src/<language>``, ``BUILD/static/<language>``
and ``BUILD/locale`` up to date.
A file that did not change keeps its time stamp, so Sphinx rebuilds what changed and nothing else.
"""

import json
import os
import shutil
import sys
from fnmatch import fnmatch
from pathlib import Path

from catalogues import CHINESE, DOCS, page_catalogue, translations
from labs_in_chinese import translate_cells, translate_script, translate_text
from widget_texts import SCRIPTS, translate_script_texts

_NOT_PAGES = {"_ext", "_static", "_templates", "locale"}


def stage(build: Path, language: str) -> None:
    """Copy the pages and labs of `docs` to ``build/src/<language>``, the labs in that language."""
    target = build / "src" / language
    wanted = set()
    for source in sorted(path for path in DOCS.rglob("*") if path.is_file()):
        name = source.relative_to(DOCS)
        if name.parts[0] in _NOT_PAGES or "__pycache__" in name.parts or not _wanted(name.parts[0]):
            continue
        wanted.add(target / name)
        if source.suffix in {".md", ".py", ".rst"}:
            write_if_changed(target / name, _in_language(source, name, language))
        elif not (target / name).is_file() or (target / name).read_bytes() != source.read_bytes():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target / name)
    _remove_deserted(target, wanted)


def _wanted(part: str) -> bool:
    """Say whether a part of the book is to be built: all, or the chapters that ``CNNBOOK_ONLY`` matches."""
    return not part.startswith("ch") or fnmatch(part, os.environ.get("CNNBOOK_ONLY") or "*")


def _in_language(source: Path, name: Path, language: str) -> str:
    text = source.read_text(encoding="utf-8")
    if language == "en":
        return text
    labels = translations(CHINESE / "figures.po")
    if name.parent.name == "gallery":
        chapter = name.parent.parent.as_posix()
        if source.suffix == ".py":
            return translate_script(
                text, translations(page_catalogue(f"{chapter}/labs/{source.stem}")), labels
            )
        return "\n".join(translate_text(text, translations(page_catalogue(f"{chapter}/labs/index")))) + "\n"
    return translate_cells(text, labels) if source.suffix == ".md" else text


def _remove_deserted(target: Path, wanted: set[Path]) -> None:
    """Remove staged pages whose source is gone, and labs' pages made from removed scripts."""
    for path in target.rglob("*"):
        name = path.relative_to(target)
        if not path.is_file() or path in wanted or name.parts[0] == "backreferences":
            continue
        if "labs" not in name.parts or not _wanted(name.parts[0]):
            path.unlink()
        elif path.name.startswith("plot_") and path.suffix in {".rst", ".py", ".ipynb"}:
            script = target / name.parts[0] / "gallery" / f"{path.stem}.py"
            if script not in wanted:
                path.unlink()


def stage_widgets(build: Path, language: str) -> None:
    """Write the widgets' scripts with the texts of a language, to be laid over ``docs/_static``."""
    labels = {} if language == "en" else translations(CHINESE / "widgets.po")
    for source in SCRIPTS.glob("*.js"):
        script = translate_script_texts(source.read_text(encoding="utf-8"), labels)
        write_if_changed(build / "static" / language / "widgets" / source.name, script)


def stage_catalogues(build: Path) -> None:
    """Copy the catalogues: Sphinx writes compiled ones beside them, which the sources shall not hold."""
    for source in CHINESE.rglob("*.po"):
        name = source.relative_to(CHINESE)
        write_if_changed(
            build / "locale" / "zh_CN" / "LC_MESSAGES" / name, source.read_text(encoding="utf-8")
        )


def stage_kernel_profile(build: Path) -> None:
    """Give the pages' kernels their own profile: a reader's start-up files must not change the book."""
    settings = {"IPKernelApp": {"log_level": "ERROR"}}
    write_if_changed(
        build / "ipython" / "profile_default" / "ipython_kernel_config.json", json.dumps(settings)
    )


def write_if_changed(path: Path, text: str) -> None:
    """Write a text unless the file holds it already."""
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    folder, *languages = sys.argv[1:]
    stage_catalogues(Path(folder))
    stage_kernel_profile(Path(folder))
    for name in languages:
        stage(Path(folder), name)
        stage_widgets(Path(folder), name)
