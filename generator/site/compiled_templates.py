"""Templates are compiled once, as modules are."""

import marshal
from importlib.util import MAGIC_NUMBER

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

from generator.compiled import compiled, keep_compiled


class CompiledTemplates(BytecodeCache):
    """For the templates of an environment: `environment.bytecode_cache = CompiledTemplates()`."""

    def get_bucket(
        self, environment: jinja2.Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        """The compiled template, or a place for it; that of another text, other settings or library is not taken."""
        made_from = (
            MAGIC_NUMBER,
            jinja2.__version__,
            environment.autoescape,
            environment.trim_blocks,
            environment.lstrip_blocks,
            environment.undefined.__qualname__,
            sorted(environment.extensions),
            name,
            source,
        )
        bucket = Bucket(environment, filename or name, repr(made_from))
        self.load_bytecode(bucket)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket if there is something for it."""
        content = compiled(bucket.key, bucket.checksum)
        if content is not None:
            bucket.code = marshal.loads(content)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        keep_compiled(bucket.key, bucket.checksum, marshal.dumps(bucket.code))
