#!/bin/sh
# Sets up what a fresh machine lacks. Debian's python3 may come without venv or pip: each is handled with clear words.
set -eu

say() { printf '%s\n' "$*" >&2; }

environment() {
    python=$1 venv=$2
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
        say "Python 3.11 or newer is needed. / Cần Python 3.11 trở lên. / ຕ້ອງການ Python 3.11 ຂຶ້ນໄປ."
        exit 2
    }
    if [ ! -x "$venv/bin/python" ]; then
        "$python" -m venv "$venv" 2>/dev/null || without_ensurepip "$python" "$venv"
    fi
    if "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
        pip="$venv/bin/python -m pip"
    else
        pip="$python -m pip --python $venv/bin/python"
    fi
    $pip install --disable-pip-version-check -q --require-hashes -r requirements.lock
    $pip install --disable-pip-version-check -q --no-deps --no-build-isolation -e .
    touch "$venv/.ready"
}

without_ensurepip() {
    python=$1 venv=$2
    rm -rf "$venv"
    "$python" -m venv --without-pip "$venv" 2>/dev/null || {
        install_package python3-venv
        "$python" -m venv "$venv"
        return
    }
    "$python" -m pip --version >/dev/null 2>&1 || install_package python3-pip
}

browser() {
    command -v chromium >/dev/null 2>&1 || install_package chromium
    command -v pdftoppm >/dev/null 2>&1 || install_package poppler-utils
    command -v node >/dev/null 2>&1 || install_package nodejs
}

# The form's local server, by which the tests save: its version and its parts are locked beside them.
form_server() {
    server=tests/editing/decap_server
    [ "$server/node_modules/.package-lock.json" -nt "$server/package-lock.json" ] && return
    command -v npm >/dev/null 2>&1 || install_package npm
    say "Installing the local server of the browser form (decap-server) …"
    npm ci --prefix "$server" --ignore-scripts --no-audit --no-fund --loglevel=error >&2 || {
        rm -rf "$server/node_modules"
        say "decap-server could not be installed: is the npm registry within reach? The tests of the browser form will fail."
    }
}

install_package() {
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        say "Installing the Debian package $1 …"
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1"; } >/dev/null && return
    fi
    say "The package '$1' is missing and cannot be installed from here. On Debian: sudo apt-get install $1"
    exit 2
}

"$@"
