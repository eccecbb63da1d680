"""Parquet (``claims.parquet``): every field of the record as nested columns, with typed lists.

The Arrow schema is derived from the model dataclasses. Row groups and compression are fixed and
nothing in the file depends on the time, so the same records give the same bytes with the same pyarrow.

The writer keeps some kilobytes for every column of every row group until the file is closed, so groups are as
large as memory allows; records become columns a few hundred at a time, as they are larger before.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.errors import DataError
from toolkit.files import replacing
from toolkit.gold.dataset import Dataset, Written
from toolkit.model import Claim

if TYPE_CHECKING:
    import pyarrow as pa

ROWS_PER_GROUP, BYTES_PER_GROUP = 10_000, 32 * 1024 * 1024
ROWS_AT_ONCE, CHARS_AT_ONCE = 500, 4 * 1024 * 1024


def write(dataset: Dataset, folder: Path) -> Iterator[Written]:
    """Write the claims."""
    yield Written("claims.parquet", write_rows(folder / "claims.parquet", dataset.claims(), Claim))


def write_rows(path: Path, records: Iterable[dict[str, Any]], kind: type) -> int:
    """Write JSON objects of a model dataclass, a row group at a time, and return how many.

    Raises ``DataError`` when a figure is too large for its column.
    """
    import pyarrow as pa
    from pyarrow import parquet

    schema, rows = arrow_schema(kind), 0
    waiting: list[pa.RecordBatch] = []
    open_writer: Any = parquet.ParquetWriter
    with replacing(path) as stream, open_writer(stream, schema, compression="zstd") as writer:
        try:
            for part in _parts(records):
                waiting.append(pa.RecordBatch.from_pylist(part, schema=schema))
                rows += len(part)
                if _enough(waiting):
                    _write_group(writer, waiting)
            _write_group(writer, waiting)
        except (OverflowError, pa.ArrowInvalid) as error:
            raise DataError(
                f"a value does not fit its column: {error}", place=str(path), fix="give the real figure"
            ) from error
    return rows


def _enough(waiting: list[pa.RecordBatch]) -> bool:
    rows: int = sum(part.num_rows for part in waiting)
    size: int = sum(part.nbytes for part in waiting)
    return rows >= ROWS_PER_GROUP or size >= BYTES_PER_GROUP


def _write_group(writer: Any, waiting: list[pa.RecordBatch]) -> None:
    """Write what waits as one row group, and let go of it."""
    import pyarrow as pa

    if waiting:
        rows = sum(part.num_rows for part in waiting)
        writer.write_table(pa.Table.from_batches(waiting), row_group_size=rows)
        waiting.clear()


def _parts(records: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Records a few at a time: fewer where they have long texts."""
    part: list[dict[str, Any]] = []
    chars = 0
    for record in records:
        part.append(record)
        chars += len(record.get("text", ""))
        if len(part) == ROWS_AT_ONCE or chars >= CHARS_AT_ONCE:
            yield part
            part, chars = [], 0
    if part:
        yield part


def arrow_schema(kind: type = Claim) -> pa.Schema:
    """The columns of a record."""
    import pyarrow as pa

    return pa.schema(list(_struct(kind)))


def _struct(kind: type) -> pa.StructType:
    import pyarrow as pa

    hints = typing.get_type_hints(kind)
    return pa.struct([_field(field.name, hints[field.name]) for field in fields(kind)])


def _field(name: str, hint: Any) -> pa.Field:
    import pyarrow as pa

    options = [option for option in typing.get_args(hint) if option is not type(None)]
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        return pa.field(name, _type(options[0]), nullable=True)
    return pa.field(name, _type(hint), nullable=False)


def _type(hint: Any) -> pa.DataType:
    import pyarrow as pa

    origin = typing.get_origin(hint)
    if is_dataclass(hint) and isinstance(hint, type):
        return _struct(hint)
    if origin is tuple:
        return pa.list_(_field("element", typing.get_args(hint)[0]))
    if origin is typing.Literal:
        return pa.string()
    return {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}[hint]
