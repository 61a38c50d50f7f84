#!/usr/bin/env bash
# Builds the layer of third-party libraries into build/layers/libraries, where cdk/ finds it. Needs .tools/ (make setup).
#   layers/libraries/build.sh          fetch the pinned wheels for Lambda's Python 3.13 on x86_64
#   layers/libraries/build.sh --lock   write requirements.txt anew from requirements.in, held to requirements/runtime.txt
set -euo pipefail
cd "$(dirname "$0")/../.."
uv=.tools/bin/uv
platform=(--python-version 3.13 --python-platform x86_64-manylinux_2_28)

if [ "${1:-}" = --lock ]; then
  exec "$uv" pip compile layers/libraries/requirements.in -c requirements/runtime.txt --generate-hashes "${platform[@]}" \
    --no-header --no-annotate --quiet -o layers/libraries/requirements.txt
fi

out=build/layers/libraries
rm -rf "$out"
mkdir -p "$out/python"
"$uv" pip install --quiet --require-hashes --only-binary :all: "${platform[@]}" --target "$out/python" -r layers/libraries/requirements.txt
find "$out" -name __pycache__ -prune -exec rm -rf {} +
rm -rf "$out/python/bin"
if [ -e build/certificates/rds.pem ]; then
  mkdir -p "$out/certificates" && cp build/certificates/rds.pem "$out/certificates/"
else
  echo "Note: without layers/libraries/fetch_certificates.sh the functions will refuse to talk to the database."
fi
largest_mb=200
size_mb=$(du -sm "$out" | cut -f1)
echo "The layer of libraries is $size_mb MB (a function and its layers may be 250 MB unzipped)."
[ "$size_mb" -le "$largest_mb" ]
