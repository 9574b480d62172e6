#!/usr/bin/env bash
# Resolves pyproject.toml into requirements/*.txt with hashes and without addresses. Needs uv; used only when a range changes.
# Add --upgrade to move every pin.
set -euo pipefail
cd "$(dirname "$0")/.."
compile() {
    uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
        --no-header --no-annotate "$@"
}
compile --extra dev -o requirements/dev.txt "$@"
compile -c requirements/dev.txt -o requirements/run.txt
deps() { python3 -c "import tomllib; print('\n'.join(tomllib.load(open('pyproject.toml','rb'))['project']['optional-dependencies']['$1']))"; }
for extra in build node; do
    deps "$extra" | uv pip compile -q - -c requirements/dev.txt --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
        --no-emit-find-links --no-header --no-annotate -o "requirements/$extra.txt"
done
