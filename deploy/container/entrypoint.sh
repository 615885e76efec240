#!/bin/sh
# Secrets come as files, each named after the setting that it holds. Nothing of them is shown.
set -eu
for file in "${BENCHMARK_SECRETS_FOLDER:-/run/secrets}"/BENCHMARK_*; do
    [ -f "$file" ] || continue
    export "$(basename "$file")=$(cat "$file")"
done
unset BENCHMARK_SECRETS_FOLDER file
exec "$@"
