"""A trace under Apache Spark: each partition of whole minutes goes through `tollgate quote ptu --partial`.

    spark-submit spark_partials.py calls.csv 64 spark.jsonl \\
        tollgate quote ptu qwen3-max-2025-09-23 --input-tpm 250k --output-tpm 10k --as-of 2026-11-20
    tollgate merge spark.jsonl

The trace is CSV with a header, of which Spark reads one file, a folder or a pattern. The command has the
same reservation for every partition; `--trace - --partial` is added here. docs/beyond-one-machine.md says why the
result is that of a single run.
"""

import itertools
import os
import shlex
import sys

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

# The columns of the trace: only these go through the shuffle.
COLUMNS = TIME, INPUT, OUTPUT = "TIMESTAMP", "ContextTokens", "GeneratedTokens"
# The minute of a call, in SQL. A time that is none has no minute, and is for tollgate to refuse.
# Of Unix times in milliseconds: f"floor(cast({TIME} AS decimal(38, 9)) / 60000)".
MINUTE = f"date_trunc('minute', try_to_timestamp({TIME}))"


def main():
    trace, partitions, result, *command = sys.argv[1:]
    spark = SparkSession.builder.appName("tollgate partials").getOrCreate()
    # Every column stays the text that it is: tollgate reads times and numbers itself. A row with too
    # many or too few fields, and a file with another header, are errors as they are there.
    spark.conf.set("spark.sql.csv.parser.columnPruning.enabled", "false")
    calls = spark.read.csv(trace, header=True, escape='"', mode="FAILFAST", enforceSchema=False)
    of_minutes = (
        calls.select(
            F.expr(MINUTE).alias("minute"),
            F.to_csv(F.struct(*COLUMNS), {"escape": '"'}).alias("call"),
            F.col("_metadata.file_path").alias("file"),
            F.col("_metadata.file_block_start").alias("block"),
            F.monotonically_increasing_id().alias("row"))
        # A quota is that of a minute: all calls of one have to meet in one partition ...
        .repartition(int(partitions), "minute")
        # ... in the order of the file, so that calls of the same time stay in it.
        .sortWithinPartitions("minute", "file", "block", "row")
        .select("call"))
    header = ",".join(COLUMNS)

    def lines(rows):
        # A partition without a call is a header alone, which is a part that adds nothing.
        return itertools.chain([header], (row.call for row in rows))

    command = shlex.join(command + ["--trace", "-", "--partial"])
    # Spark gives the command no environment of its own, and asks for its exit code only if it is told to.
    env = {name: os.environ[name] for name in ("PATH", "TOLLGATE_CATALOG") if name in os.environ}
    parts = of_minutes.rdd.mapPartitions(lines).pipe(command, env, checkCode=True).collect()
    with open(result, "w", encoding="utf-8") as file:
        file.writelines(part + "\n" for part in parts)
    spark.stop()


if __name__ == "__main__":
    main()
