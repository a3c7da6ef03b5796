"""Update this copy of the handbook, verify it, or go back to the version before. Needs Python 3.11 or newer.

python3 apply.py UPDATE.zip      take an update
python3 apply.py --verify        find files that are changed, missing or foreign
python3 apply.py --back          go back to the version before the last update
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from . import journal
from .manifest import WORK, Manifest
from .update import go_back, take_update
from .update_file import Refused
from .verify import Finding, verify_copy
from .words import LANGUAGES, Language, day_words, say, spoken


class Voice:
    """Says things on a stream in the languages asked for."""

    def __init__(self, languages: Sequence[Language]) -> None:
        self.languages = languages

    def say(self, key: str, *, error: bool = False, **values: object) -> None:
        """The words under `key`, a line a language."""
        for language in self.languages:
            print(say(key, language, **values), file=sys.stderr if error else sys.stdout)

    def list(self, findings: Sequence[Finding]) -> None:
        """Each finding as `path: what is wrong`."""
        for found in findings:
            words = " / ".join(say(found.code, language) for language in self.languages)
            print(f"  {found.path}: {words}", file=sys.stderr)


def report_copy(root: Path, voice: Voice) -> int:
    """Verify the copy in `root` and say what was found; exit code 0 when it is whole, 1 when not."""
    manifest, findings = verify_copy(root)
    if findings or manifest is None:
        voice.say("not-whole", error=True)
        voice.list(findings)
        return 1
    own = 2 if manifest.public_key else 1
    voice.say("whole", n=len(manifest.files) + own, date=day_words(manifest.published.on.isoformat()))
    _say_signed(manifest, voice)
    return 0


def _say_signed(manifest: Manifest, voice: Voice) -> None:
    if manifest.public_key:
        voice.say("signed", signer=manifest.public_key)
    else:
        voice.say("unsigned")


def _refuse(refused: Refused, voice: Voice) -> int:
    voice.say(refused.code, error=True, **refused.values)
    voice.list(refused.findings)
    voice.say("nothing-changed", error=True)
    return 1


def main(root: Path, arguments: Sequence[str] | None = None) -> int:
    """Run a command on the copy in `root`; exit code 0 done, 1 refused, 2 misuse."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    parser = argparse.ArgumentParser(
        "apply.py", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("update", nargs="?", type=Path, metavar="UPDATE.zip")
    what.add_argument("--verify", action="store_true", help="find changed, missing or foreign files")
    what.add_argument("--back", action="store_true", help="go back to the version before")
    parser.add_argument("--lang", choices=LANGUAGES, help="speak this language alone")
    options = parser.parse_args(arguments)
    voice = Voice((options.lang,) if options.lang else spoken())
    try:
        if options.verify:
            return report_copy(root, voice)
        if journal.recover(root):
            voice.say("recovered")
        if options.back:
            voice.say("back-done", date=day_words(go_back(root).published.on.isoformat()))
            return 0
        manifest, signed = take_update(root, options.update)
    except Refused as refused:
        return _refuse(refused, voice)
    except journal.PlanRefused as refused:
        return _refuse(Refused("not-finished", path=refused.path), voice)
    except OSError as error:
        voice.say("cannot-write", error=True, reason=error)
        if journal.is_waiting(root):
            voice.list([Finding("interrupted", WORK)])
        else:
            voice.say("nothing-changed", error=True)
        return 1
    if not signed:
        voice.say("unsigned")
    voice.say("updated", date=day_words(manifest.published.on.isoformat()))
    return 0
