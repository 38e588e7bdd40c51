"""A trace under Apache Spark: each partition of whole minutes goes through `tollgate quote ptu --partial`.

    spark-submit spark_partials.py calls.csv 64 partials.jsonl \\
        tollgate quote ptu qwen3-max-2025-09-23 --input-tpm 450k --output-tpm 10k
    tollgate merge partials.jsonl

The trace is what Spark reads as CSV with a header: a file, a folder or a pattern. The command has the
same reservation for every partition; `--trace - --partial` is added here.
"""

import itertools
import os
import shlex
import sys

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

# The columns of the trace.
TIME, INPUT, OUTPUT = "TIMESTAMP", "ContextTokens", "GeneratedTokens"


def main():
    trace, partitions, result, *command = sys.argv[1:]
    spark = SparkSession.builder.appName("tollgate partials").getOrCreate()
    # Every column stays the text it is: tollgate reads times and numbers itself.
    calls = spark.read.csv(trace, header=True)
    at = F.to_timestamp(TIME)
    of_minutes = (
        calls.select(
            TIME, INPUT, OUTPUT, "_metadata",
            F.date_trunc("minute", at).alias("minute"), at.alias("at"),
            F.monotonically_increasing_id().alias("row"))
        # A quota is that of a minute: all calls of one have to meet in one partition ...
        .repartition(int(partitions), "minute")
        # ... in order of arrival, as it decides which of them fit. Calls of the same time are in the
        # order of the files, by name, and of their rows.
        .sortWithinPartitions(
            "at", TIME, "_metadata.file_path", "_metadata.file_block_start", "row")
        .select(TIME, INPUT, OUTPUT))
    header = f"{TIME},{INPUT},{OUTPUT}"

    def lines(rows):
        # A partition without a call is a header, which is a part that adds nothing.
        return itertools.chain([header], (",".join(row) for row in rows))

    command = shlex.join(command + ["--trace", "-", "--partial"])
    # Spark gives the command no environment of its own.
    env = {name: os.environ[name] for name in ("PATH", "TOLLGATE_CATALOG") if name in os.environ}
    parts = of_minutes.rdd.mapPartitions(lines).pipe(command, env, checkCode=True).collect()
    with open(result, "w", encoding="utf-8") as file:
        file.writelines(part + "\n" for part in parts)
    spark.stop()


if __name__ == "__main__":
    main()
