# SPDX-License-Identifier: GPL-3.0-or-later
# Shared by run, test, check and .ci/run: the project's folder, and installing what is missing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '\n== %s\n' "$*"; }

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        echo "packages are missing, and this is neither root nor a user with sudo: run as root once" >&2
        return 1
    fi
}

# need KIND...: installs the packages of these kinds that packaging/dependencies lists and the system lacks.
need() {
    local kinds=" $* " kind package missing=()
    while read -r kind package; do
        case "$kind" in '#'* | '') continue ;; esac
        case "$kinds" in *" $kind "*) ;; *) continue ;; esac
        dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
    done <packaging/dependencies
    if [ "${#missing[@]}" -eq 0 ]; then
        return 0
    fi
    say "Installing ${#missing[@]} Debian packages"
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

# build PRESET [cmake options...]: configures (quietly) and builds; output stays below build/PRESET.
build() {
    local preset=$1
    shift
    say "Building ($preset)"
    mkdir -p build
    cmake --preset "$preset" "$@" >"build/$preset.configure.log" 2>&1 || { cat "build/$preset.configure.log" >&2; return 1; }
    cmake --build --preset "$preset" 2>&1 | tee "build/$preset.log"
    # Warnings are errors in CI alone, and by the log, not by a flag: so CI and a developer share the cached objects.
    if [ "${CI:-}" = true ] && grep -E 'warning: ' "build/$preset.log" >&2; then
        echo "warnings are errors in CI" >&2
        return 1
    fi
}
