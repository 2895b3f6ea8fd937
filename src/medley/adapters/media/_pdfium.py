"""Opening a PDF with PDFium, which is neither re-entrant nor patient: one document at a time, always closed."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import BinaryIO

import pypdfium2
import pypdfium2.raw as raw

from medley.kernel.errors import InvalidInput, Unsupported

_lock = Lock()


@contextmanager
def opened(file: BinaryIO, name: str) -> Iterator[pypdfium2.PdfDocument]:
    """The document in `file`, read on demand; Unsupported behind a password, InvalidInput when it is no PDF."""
    file.seek(0)
    with _lock:
        try:
            document = pypdfium2.PdfDocument(file)
        except pypdfium2.PdfiumError as error:
            if error.err_code == raw.FPDF_ERR_PASSWORD:
                hint = "Store a copy without a password."
                raise Unsupported(f"“{name}” is protected by a password.", hint=hint) from error
            raise InvalidInput(f"“{name}” is damaged or not a PDF: {error}.") from error
        try:
            yield document
        finally:
            document.close()
