"""The container of the old Office programs (OLE, [MS-CFB]): what its directory says of the Word document in it."""

from __future__ import annotations

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: The directory names its streams in UTF-16.
_STREAM = "WordDocument".encode("utf-16-le")
#: An entry of the directory has 128 bytes; it tells in which sector the stream starts ([MS-CFB] 2.6.1).
_ENTRY = 128
_START = 0x74
_FIB_MAGIC = b"\xec\xa5"
_FIB_ENCRYPTED = 0x01  # of the second byte of the flags at offset 10 ([MS-DOC] 2.5.2)


def is_word(data: bytes) -> bool:
    """Whether bytes are a container with a Word document."""
    return data.startswith(OLE_MAGIC) and _STREAM in data


def is_locked_word(data: bytes) -> bool:
    """Whether the head of the document's stream says that it is encrypted. The stream is found by its entry in the directory
    of the container; where there is none, it is not known."""
    if not data.startswith(OLE_MAGIC):
        return False
    wanted = _STREAM + bytes(2)
    at = data.find(wanted)
    while at >= 0 and at % _ENTRY:
        at = data.find(wanted, at + 1)
    if at < 0:
        return False
    size = 1 << min(16, int.from_bytes(data[0x1E:0x20], "little"))
    start = (int.from_bytes(data[at + _START : at + _START + 4], "little") + 1) * size
    head = data[start : start + 12]
    return len(head) == 12 and head.startswith(_FIB_MAGIC) and bool(head[11] & _FIB_ENCRYPTED)
