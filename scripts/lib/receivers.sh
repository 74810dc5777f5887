# Installs the libraries with which tests/receivers verifies webhooks independently of this project.
#
# Sourced after tools.sh. They go into target/receivers, in the versions and with the hashes that are
# pinned there.

# Does nothing when they are there, and ends the script with one line when they cannot be had.
ensure_receivers() {
  local wanted=tests/receivers folder=${CARGO_TARGET_DIR:-target}/receivers new
  ensure_python_and_node
  command -v openssl >/dev/null || {
    command -v apt-get >/dev/null || die "missing: install openssl"
    apt_install openssl
  }
  receivers_current "$wanted" "$folder" && return
  say "installing: the libraries of $wanted"
  mkdir -p "${folder%/*}"
  new=$(mktemp -d "$folder.XXXXXX")
  install_receivers "$wanted" "$new" >&2 || {
    rm -rf "$new"
    die "missing: the libraries of $wanted could not be installed with npm and pip; see above"
  }
  # Whole or not at all: what was left half made is never taken for finished.
  rm -rf "$folder"
  mv "$new" "$folder"
}

# True when a folder has the libraries that are wanted, and its Python still runs.
receivers_current() {
  cmp -s "$1/requirements.txt" "$2/requirements.txt" &&
    cmp -s "$1/package-lock.json" "$2/package-lock.json" &&
    "$2/python/bin/python" -c 'import gidgethub, standardwebhooks' 2>/dev/null
}

install_receivers() {
  cp "$1/package.json" "$1/package-lock.json" "$1/requirements.txt" "$2" &&
    npm ci --prefix "$2" --ignore-scripts --no-audit --no-fund --loglevel=error &&
    python3 -m venv "$2/python" &&
    "$2/python/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps \
      --only-binary :all: --require-hashes -r "$1/requirements.txt"
}
