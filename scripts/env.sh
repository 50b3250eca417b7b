# Sourced by every script and by the Makefile's recipes: where the tools are, and which compiler builds for wasm.
# Nothing here installs anything; `scripts/setup` does.

PORTAL_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export PORTAL_ROOT
# Tools are kept outside the checkout, so that a second clone does not build them again.
export PORTAL_TOOLS=${PORTAL_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/learner-portal/tools}
export PATH="$PORTAL_TOOLS/bin:$PORTAL_ROOT/node_modules/.bin:$HOME/.cargo/bin:$PATH"

# Of rust-toolchain.toml. Where rustup has that version only by another name ('stable') and may not fetch it, it is taken by that name.
RUST_VERSION=$(sed -n 's/^channel = "\(.*\)"/\1/p' "$PORTAL_ROOT/rust-toolchain.toml")
has_pinned_rust() { rustup toolchain list 2>/dev/null | grep -q "^$RUST_VERSION\b"; }
if [ -z "${RUSTUP_TOOLCHAIN:-}" ] && command -v rustup >/dev/null && ! has_pinned_rust; then
  named=$(rustup default 2>/dev/null | cut -d' ' -f1) || true
  if [ -n "$named" ] && [[ $(RUSTUP_TOOLCHAIN=$named rustc --version 2>/dev/null) == "rustc $RUST_VERSION "* ]]; then
    export RUSTUP_TOOLCHAIN=$named
  fi
  unset named
fi

WASM_TARGET=wasm32-unknown-unknown
TRUNK_VERSION=0.21.14
CARGO_DENY_VERSION=0.20.2
GECKODRIVER_VERSION=0.37.1
WASM_SPLIT_VERSION=0.2.4
# The bindgen tool must be the very version of the library, which Cargo.lock pins.
BINDGEN_VERSION=$(sed -n '/^name = "wasm-bindgen"$/{n;s/version = "\(.*\)"/\1/p;}' "$PORTAL_ROOT/Cargo.lock" 2>/dev/null)
export RUST_VERSION WASM_TARGET TRUNK_VERSION CARGO_DENY_VERSION GECKODRIVER_VERSION WASM_SPLIT_VERSION BINDGEN_VERSION

has_wasm_std() { # has_wasm_std TOOLCHAIN: does this rustup toolchain have the standard library for wasm?
  local sysroot
  sysroot=$(RUSTUP_TOOLCHAIN=$1 rustc --print sysroot 2>/dev/null) || return 1
  compgen -G "$sysroot/lib/rustlib/$WASM_TARGET/lib/libstd-*.rlib" >/dev/null
}

active_toolchain() { rustup show active-toolchain 2>/dev/null | cut -d' ' -f1; }

# The toolchain that builds for the browser: rustup's own where it has the target, else the distribution's.
wasm_toolchain() {
  local own
  own=$(active_toolchain)
  if [ -n "$own" ] && has_wasm_std "$own"; then
    echo "$own"
  elif has_wasm_std debian-web; then
    echo debian-web
  else
    return 1
  fi
}

# Runs a command with the browser toolchain, in its own target folder: it never waits for a build of the server.
for_wasm() {
  local toolchain
  toolchain=$(wasm_toolchain) || {
    echo "The wasm target is not installed. Run: scripts/setup" >&2
    return 1
  }
  RUSTUP_TOOLCHAIN=$toolchain CARGO_TARGET_DIR=${APP_TARGET_DIR:-$PORTAL_ROOT/target/web} "$@"
}

# The same for the app as learners get it. Relocations tell wasm-split-cli what belongs to which part. A standard library built with the
# app has no panic messages and no formatting for debugging, which nobody would read: a fifteenth of the program. RUSTC_BOOTSTRAP lets
# a stable compiler do that; where its sources are not there, the program is that much larger.
for_app() (
  flags="-Clinker=$PORTAL_ROOT/scripts/link-app -Clinker-flavor=wasm-lld -Clink-arg=--emit-relocs"
  if has_std_sources "$(wasm_toolchain)"; then
    flags="$flags -Zunstable-options -Cpanic=immediate-abort -Zfmt-debug=none -Zlocation-detail=none"
    export RUSTC_BOOTSTRAP=1 CARGO_UNSTABLE_BUILD_STD=std,panic_abort CARGO_UNSTABLE_BUILD_STD_FEATURES=optimize_for_size
  fi
  export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS=$flags
  APP_TARGET_DIR=$PORTAL_ROOT/target/app for_wasm "$@"
)

has_std_sources() { # has_std_sources TOOLCHAIN
  local sysroot
  sysroot=$(RUSTUP_TOOLCHAIN=$1 rustc --print sysroot 2>/dev/null) && [ -f "$sysroot/lib/rustlib/src/rust/library/std/Cargo.toml" ]
}

say() { printf '\033[1m==>\033[0m %s\n' "$*"; }
