# Installs the browser with which tests/browser uses the console, and what drives it.
#
# Sourced after tools.sh. Chromium is the system's own; the libraries go into target/browser, in the
# versions and with the hashes that are pinned there.

# Does nothing when all is there, and ends the script with one line when it cannot be had.
ensure_browser() {
  local wanted=tests/browser folder=${CARGO_TARGET_DIR:-target}/browser new
  ensure_python_and_node
  ensure_chromium
  cmp -s "$wanted/package-lock.json" "$folder/package-lock.json" && return
  say "installing: the libraries of $wanted"
  mkdir -p "${folder%/*}"
  new=$(mktemp -d "$folder.XXXXXX")
  install_browser_libraries "$wanted" "$new" >&2 || {
    rm -rf "$new"
    die "missing: the libraries of $wanted could not be installed with npm; see above"
  }
  # Whole or not at all: what was left half made is never taken for finished.
  rm -rf "$folder"
  mv "$new" "$folder"
}

# Makes sure of Chromium, and of letters that it can draw.
ensure_chromium() {
  [ -x "${CHROMIUM:-/usr/bin/chromium}" ] && return
  [ -z "${CHROMIUM:-}" ] || die "wrong: CHROMIUM=$CHROMIUM is no program"
  command -v apt-get >/dev/null || die "missing: install Chromium, and say where it is in CHROMIUM"
  apt_install chromium chromium-sandbox fonts-dejavu-core
  [ -x /usr/bin/chromium ] || die "missing: install Chromium, and say where it is in CHROMIUM"
}

install_browser_libraries() {
  cp "$1/package.json" "$1/package-lock.json" "$2" &&
    npm ci --prefix "$2" --ignore-scripts --no-audit --no-fund --loglevel=error
}
