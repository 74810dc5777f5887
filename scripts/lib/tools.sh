# Finds what building and testing need, and installs what is missing.
#
# Sourced by the other scripts. Needed are a C compiler, libpq with its headers, PostgreSQL's server
# programs, version 15 or later, a Redis or a Valkey for the tests, and ps and kill; for one test, where
# Debian's packages are, libfaketime. Root's own package manager is used as it is; otherwise the exact command is shown and run with sudo only after a yes.

oldest_postgres=15

say() { printf '%s\n' "$*" >&2; }

die() { say "$*"; exit 1; }

# Prints the newest folder of PostgreSQL programs that holds a server of a version we can use.
postgres_programs() {
  local candidates=() folder version
  [ -n "${PG_BIN_DIR:-}" ] && candidates+=("$PG_BIN_DIR")
  command -v pg_config >/dev/null && candidates+=("$(pg_config --bindir)")
  command -v postgres >/dev/null && candidates+=("$(dirname "$(command -v postgres)")")
  while IFS= read -r folder; do candidates+=("$folder"); done < <(
    ls -d /usr/lib/postgresql/*/bin /opt/homebrew/opt/postgresql@*/bin /usr/local/opt/postgresql@*/bin 2>/dev/null | sort -rV
  )
  for folder in ${candidates[@]+"${candidates[@]}"}; do
    [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ] || continue
    version=$("$folder/postgres" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')
    [ "$version" -ge "$oldest_postgres" ] && { printf '%s\n' "$folder"; return 0; }
  done
  return 1
}

# True when a C program can be built against libpq.
libpq_found() {
  command -v pkg-config >/dev/null && pkg-config --exists libpq && return 0
  command -v pg_config >/dev/null && [ -e "$(pg_config --includedir)/libpq-fe.h" ]
}

# True when the first version is not before the second.
new_enough() { [ "$(printf '%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# True when there is a Redis, by whatever name, for the tests to start.
redis_found() { command -v redis-server || command -v valkey-server; } >/dev/null

# Names the packages that are missing, for the package manager given.
missing_packages() {
  local manager=$1 names=()
  case $manager in
    apt)
      command -v cc >/dev/null || names+=(gcc libc6-dev)
      libpq_found || names+=(libpq-dev)
      postgres_programs >/dev/null || names+=(postgresql)
      redis_found || names+=(redis-server)
      command -v ps >/dev/null || names+=(procps)
      ls /usr/lib/*/faketime/libfaketimeMT.so.1 >/dev/null 2>&1 || names+=(faketime)
      ;;
    brew)
      { libpq_found && postgres_programs >/dev/null; } || names+=(postgresql@17)
      redis_found || names+=(redis)
      ;;
  esac
  printf '%s\n' ${names[@]+"${names[@]}"}
}

# Runs a command as root: directly, or with sudo after asking.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; return; fi
  command -v sudo >/dev/null || die "missing: run as root: $*"
  [ -t 0 ] || die "missing: run first: sudo $*"
  read -r -p "May I run: sudo $* ? [y/N] " answer
  case $answer in [yY]*) sudo "$@" ;; *) die "stopped: nothing was installed" ;; esac
}

# Installs the given packages of Debian or Ubuntu.
apt_install() {
  say "installing: $*"
  case " $* " in
    *" postgresql "*) say "(Debian starts a cluster of that package's own on port 5432; it is not used here)" ;;
  esac
  case " $* " in
    *" redis-server "*) say "(Debian starts that package's own Redis on port 6379; it is not used here)" ;;
  esac
  as_root env DEBIAN_FRONTEND=noninteractive sh -c 'apt-get update -q && apt-get install -q -y --no-install-recommends "$@"' sh "$@" >&2
}

# Makes sure that everything is there, or ends the script with one line that says what is not.
ensure_tools() {
  command -v cargo >/dev/null || die "missing: a Rust toolchain; see https://rustup.rs"
  new_enough "$(cargo --version | awk '{ print $2 }')" "$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)" ||
    die "missing: Rust $(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml) or later; see https://rustup.rs"
  local packages=()
  if command -v apt-get >/dev/null; then
    while IFS= read -r name; do [ -n "$name" ] && packages+=("$name"); done < <(missing_packages apt)
    [ ${#packages[@]} -eq 0 ] || apt_install "${packages[@]}"
  elif command -v brew >/dev/null; then
    command -v cc >/dev/null || die "missing: a C compiler; run: xcode-select --install"
    while IFS= read -r name; do [ -n "$name" ] && packages+=("$name"); done < <(missing_packages brew)
    [ ${#packages[@]} -eq 0 ] || brew install "${packages[@]}" >&2
  fi
  command -v cc >/dev/null || die "missing: install a C compiler"
  postgres_programs >/dev/null ||
    die "missing: install PostgreSQL $oldest_postgres or later with its server programs (initdb, postgres), or set PG_BIN_DIR"
  redis_found || die "missing: install redis-server or valkey-server, which the tests start"
  if ! libpq_found && [ -e "$(postgres_programs)/pg_config" ]; then
    PATH="$(postgres_programs):$PATH"
    export PATH
  fi
  libpq_found || die "missing: install libpq with its headers (libpq-dev, libpq-devel or postgresql-libs)"
}

# Makes sure of Python 3 with venv and of Node.js with npm, which some tests and checks need.
ensure_python_and_node() {
  { python3 -c 'import ensurepip, venv' && command -v node && command -v npx; } >/dev/null 2>&1 && return
  command -v apt-get >/dev/null || die "missing: install Python 3 with venv, and Node.js with npm"
  apt_install python3-venv nodejs npm
}
