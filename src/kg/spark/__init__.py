"""Reading articles on a Spark cluster: `kg add --spark`.

`session` opens the cluster, `work` is what each worker does, `parts` writes what comes back as parts for bulk load,
`ingest` is the whole story: read it first. The files, and the folder of the parts, lie on a file system that the
driver and all workers see under the same path. Needs the extra `spark`.
"""

from .ingest import add
from .parts import Parts
from .report import parts_of

__all__ = ["Parts", "add", "parts_of"]
