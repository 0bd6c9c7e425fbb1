#!/bin/sh
# Usage: scripts/need.sh NAME...
# Makes sure of what pip cannot install: there already, else installed (root on Debian), else asked for.
set -eu
cd "$(dirname "$0")/.."

# have NAME: is it there? Prints what was found.
have() {
    case $1 in
    venv)
        "$python" -c 'import ensurepip, venv' 2>/dev/null && echo "$python"
        ;;
    browser)
        # On Ubuntu chromium-browser may be a stub without a browser behind it, so each is tried, not looked up.
        for name in ${SAFETY_PLAN_BROWSER:+"$SAFETY_PLAN_BROWSER"} chromium chromium-browser google-chrome; do
            "$name" --version >/dev/null 2>&1 && command -v "$name" && return
        done
        return 1
        ;;
    driver)
        .venv/bin/playwright --version 2>/dev/null
        ;;
    node)
        npm --version >/dev/null 2>&1 && command -v npm
        ;;
    java)
        java -version >/dev/null 2>&1 && command -v java
        ;;
    pdf)
        .venv/bin/python -c 'import ctypes
for name in ("libpango-1.0.so.0", "libpangoft2-1.0.so.0"):
    print(ctypes.CDLL(name)._name)' 2>/dev/null &&
            find /usr/share/fonts /usr/local/share/fonts -name 'LiberationSans-Regular.*' 2>/dev/null | grep -m1 .
        ;;
    esac
}

# about NAME: the Debian packages that bring it, and what it is for.
about() {
    case $1 in
    venv)
        python=$(scripts/python.sh)
        packages=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        purpose="Python's venv module with ensurepip, to make .venv (every target)"
        ;;
    browser)
        if [ -n "${SAFETY_PLAN_BROWSER:-}" ] && ! "$SAFETY_PLAN_BROWSER" --version >/dev/null 2>&1; then
            echo "need browser: SAFETY_PLAN_BROWSER is set to $SAFETY_PLAN_BROWSER, which does not run" >&2
            exit 1
        fi
        packages="chromium fonts-dejavu-core"
        purpose="Chromium or Chrome, to test the pages (make unit, make test)"
        ;;
    driver)
        packages="libatomic1"
        purpose="the library that Playwright needs to drive the browser (make unit, make test)"
        ;;
    node)
        packages="nodejs npm"
        purpose="npm, to install what checks the built pages (make unit, make test, make lighthouse)"
        ;;
    java)
        packages="default-jre-headless"
        purpose="Java, which the checker of HTML runs on (make unit, make test)"
        ;;
    pdf)
        packages="libpango-1.0-0 libpangoft2-1.0-0 fonts-liberation fonts-dejavu-core"
        purpose="what sets the text of the print edition: Pango and two fonts (make site, make unit, make test)"
        ;;
    *)
        echo "need.sh: nothing known about '$1'" >&2
        exit 2
        ;;
    esac
}

install() {
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086 # a list of packages
    set -- apt-get install --yes --quiet --no-install-recommends -o DPkg::Lock::Timeout=300 $packages
    # The package lists may be missing or old; only the second failure is one.
    "$@" >/dev/null 2>&1 || { apt-get update --quiet >/dev/null && "$@" >/dev/null; }
}

for name; do
    about "$name"
    if found=$(have "$name"); then
        echo "need $name: $found"
    elif [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "need $name: installing $packages"
        if ! { install && have "$name" >/dev/null; }; then
            echo "need $name: could not be installed. It is $purpose." >&2
            exit 1
        fi
    else
        echo "need $name: missing. It is $purpose." >&2
        echo "need $name: on Debian or Ubuntu: sudo apt-get install $packages" >&2
        [ "$name" != browser ] || echo "need $name: or set SAFETY_PLAN_BROWSER to the program's full path" >&2
        exit 1
    fi
done
