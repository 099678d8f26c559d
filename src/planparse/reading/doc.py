"""Old Word files (.doc) and RTF, through LibreOffice: it writes them as .docx, which the reader of that format reads.

LibreOffice runs without a window, with settings of its own in a folder that is gone afterwards, for a bounded time; it may
not run macros and is kept from fetching what the file links to.
"""

from __future__ import annotations

from planparse.errors import InputError, Said, Wording, reason_of
from planparse.grammar.grammar import Grammar
from planparse.reading import docx
from planparse.reading.native import Native, Note
from planparse.reading.ole import OLE_MAGIC
from planparse.reading.programs import PROGRAMS
from planparse.reading.workplace import Workplace, workplace

#: How long a file may take: a start of LibreOffice takes a second or two, a thousand pages a minute. In seconds; for what is
#: not large it is less than a batch gives a document, so that the message is the one that says what to do.
_TIMEOUT = 40
_TIMEOUT_PER_MB = 6
#: Nothing listens at this address, so that what is fetched in spite of all is not found.
_NOWHERE = "127.0.0.1"
_NO_PORT = 9

#: The settings: no macros, no links followed, no proxy but one that is not there.
_SETTINGS = f"""<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>{_NOWHERE}</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>{_NO_PORT}</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>{_NOWHERE}</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>{_NO_PORT}</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetNoProxy" oor:op="fuse"><value></value></prop></item>
</oor:items>
"""  # noqa: E501


def read(data: bytes, name: Said, grammar: Grammar | None = None) -> Native:
    """The document in the bytes of an old Word file or an RTF file.

    Raises InputError for a file that is broken, and where LibreOffice is not installed or does not read it.
    """
    kind = "an old Word file (.doc)" if data.startswith(OLE_MAGIC) else "an RTF file"
    native = docx.read(_converted(data, name, PROGRAMS["libreoffice"].find() or "soffice"), name)
    return native._replace(format="doc", notes=[Note("word.converted", {"kind": kind}), *native.notes])


def _converted(data: bytes, name: Said, office: str) -> bytes:
    """The .docx that LibreOffice makes of a file."""
    # LibreOffice takes what it does not know for plain text; RTF it is told to read as such.
    suffix, as_rtf = (".doc", []) if data.startswith(OLE_MAGIC) else (".rtf", ["--infilter=Rich Text Format"])
    with workplace() as place:
        root = place.folder
        user = root / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
        source = root / f"document{suffix}"
        source.write_bytes(data)
        made = root / "made"
        problem = _run(
            [
                office, f"-env:UserInstallation={(root / 'profile').as_uri()}", "--headless", "--norestore", "--nolockcheck",
                "--nodefault", "--nologo", *as_rtf, "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(made),
                str(source),
            ],
            place,
            _TIMEOUT + _TIMEOUT_PER_MB * (len(data) >> 20),
        )  # fmt: skip
        target = made / "document.docx"
        if problem is None and not target.is_file():
            problem = Wording("office.refused")
        if problem is not None:
            raise InputError("word.not_converted", file=name, problem=problem)
        return target.read_bytes()


def _run(command: list[str], place: Workplace, seconds: float) -> Wording | None:
    """Run LibreOffice to its end; what went wrong, or None. A run that takes too long is ended, with what it started."""
    proxy = f"http://{_NOWHERE}:{_NO_PORT}"
    quiet = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), proxy)
    try:
        code = place.run(command, {**quiet, "no_proxy": "", "SAL_USE_VCLPLUGIN": "svp"}, seconds)
    except OSError as error:
        return Wording("office.not_started", reason=reason_of(error))
    if code is None:
        return Wording("office.slow", seconds=seconds)
    return None if code == 0 else Wording("office.failed")
