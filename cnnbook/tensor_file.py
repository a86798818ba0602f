"""Tensors on disk beside a JSON file about them: written whole or not at all, read only if intact.

The tensors lie in a safetensors file, which holds numbers and nothing that could be executed. Its name
carries the beginning of its SHA-256 sum, so that the JSON file, replaced in one step, always names tensors
that are all there.
"""

import json
import os
from hashlib import sha256
from pathlib import Path

import torch
from safetensors.torch import load, save
from torch import Tensor


def write(path: str | os.PathLike, tensors: dict[str, Tensor], content: dict) -> None:
    """Write tensors and what belongs to them; a crash at any moment leaves the old pair or the new one.

    Parameters
    ----------
    path : path
        Of the JSON file. The tensors go beside it, and those that `path` named before are removed.
    tensors : dict of str to Tensor
    content : dict
        What JSON can hold.

    >>> import tempfile, torch
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write(Path(folder, "one.json"), {"weight": torch.ones(2)}, {"epoch": 3})
    ...     read(Path(folder, "one.json"))
    ({'weight': tensor([1., 1.])}, {'epoch': 3})
    """
    path = Path(path)
    packed = save(
        {
            name: tensor.detach().cpu().clone(memory_format=torch.contiguous_format)
            for name, tensor in tensors.items()
        }
    )
    digest = sha256(packed).hexdigest()
    file = f"{path.stem}-{digest[:12]}.safetensors"
    replace(path.with_name(file), packed)
    facts = {"content": content, "tensors": {"file": file, "sha256": digest}}
    replace(path, _text(facts).encode())
    for old in path.parent.glob(f"{path.stem}-{'?' * 12}.safetensors"):
        if old.name != file:
            old.unlink()


def read(path: str | os.PathLike) -> tuple[dict[str, Tensor], dict]:
    """Return tensors and content as `write` got them.

    Raises
    ------
    FileNotFoundError
        If one of the two files is not there.
    ValueError
        If one of them is not exactly what was written.
    """
    path = Path(path)
    facts = _facts(path)
    file = path.with_name(facts["tensors"]["file"])
    packed = _bytes(file)
    found = sha256(packed).hexdigest()
    if found != facts["tensors"]["sha256"]:
        raise ValueError(
            f"read: {file} has {len(packed):,} bytes and the SHA-256 sum {found}, expected "
            f"{facts['tensors']['sha256']}: it was cut short or damaged; take another copy, or train again"
        )
    return load(packed), facts["content"]


def replace(path: Path, content: bytes) -> None:
    """Put a file in its place in one step, whether or not there is one already."""
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    with new.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    new.replace(path)


def _text(facts: dict) -> str:
    """Write the facts with their own sum at the end; equal facts give equal text."""
    digest = sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()
    return json.dumps({**facts, "sha256": digest}, indent=1) + "\n"


def _facts(path: Path) -> dict:
    """Read what `_text` wrote, if every byte of it is as it was."""
    packed = _bytes(path)
    try:
        facts = json.loads(packed)
        intact = facts.pop("sha256") and _text(facts).encode() == packed
    except (ValueError, AttributeError, KeyError, TypeError, RecursionError):
        intact = False
    if not intact:
        raise ValueError(
            f"read: {path} does not agree with its own checksum: it was cut short or changed, or is another "
            "kind of file; take another copy, or train again"
        )
    return facts


def _bytes(path: Path) -> bytes:
    if not path.is_file():
        raise FileNotFoundError(f"read: {path} is not there")
    return path.read_bytes()
