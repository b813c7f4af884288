# What the checks beside `cargo test` need: sourced by tests/browser/run, tests/databases/run,
# tests/pdf/run, tests/archives/run, and for where cargo builds by .ci/release and .ci/at-work.
#
# A tool that is missing is installed where that can be done (Debian's packages, as root or with
# sudo). Where it cannot, the check is skipped and says so; with CI=true that is a failure.

# Ends the check for want of something.
lacks() {
    if [ "${CI:-}" = true ]; then
        echo "FAILED: $0 needs $1" >&2
        exit 1
    fi
    echo "SKIPPED: $0 needs $1" >&2
    exit 0
}

# Where cargo builds: CARGO_TARGET_DIR, what cargo's configuration says, or else `target`.
target_directory() {
    cargo metadata --locked --no-deps --format-version 1 |
        sed -n 's/.*"target_directory":"\([^"]*\)".*/\1/p'
}

# Whether packages can be installed, and how.
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

# needs PACKAGE COMMAND...: one of the commands, or else Debian's package; prints its name.
needs() {
    local package=$1 command
    shift
    for command in "$@"; do
        if command -v "$command"; then return; fi
    done
    if command -v apt-get >/dev/null && as_root true 2>/dev/null; then
        {
            as_root apt-get update -qq
            as_root env DEBIAN_FRONTEND=noninteractive \
                apt-get install -y -qq --no-install-recommends "$package"
        } >/dev/null || true
        for command in "$@"; do
            if command -v "$command"; then return; fi
        done
    fi
    lacks "$1 (Debian's package $package)"
}

# environment REQUIREMENTS: an environment of its own with these packages of Python and nothing else, so
# that nothing depends on what the machine's Python happens to hold; prints its interpreter.
environment() {
    local requirements=$1 base venv
    base=$(needs python3 python3)
    unset PYTHONPATH PYTHONHOME
    venv=$(target_directory)/python/$(basename "$(dirname "$requirements")")
    if [ ! -x "$venv/bin/pip" ]; then
        "$base" -m venv "$venv" >/dev/null 2>&1 || {
            as_root apt-get install -y -qq python3-venv >/dev/null 2>&1 || true
            "$base" -m venv "$venv" >/dev/null || lacks "Python's venv (Debian's package python3-venv)"
        }
    fi
    "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$requirements" >&2 ||
        lacks "the packages of $requirements"
    echo "$venv/bin/python"
}
