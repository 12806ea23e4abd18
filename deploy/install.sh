#!/bin/sh
# Installs a binary on a machine with SysV init or OpenRC: install.sh BINARY, or install.sh --uninstall, which keeps data and settings.
# With DESTDIR only files are laid down; no user is made and nothing is started.
set -eu
dest=${DESTDIR:-}
here=$(cd "$(dirname "$0")" && pwd)
if command -v openrc-run > /dev/null; then script=amauta.openrc; else script=amauta; fi
if [ "${1:-}" = --uninstall ]; then
    if [ -z "$dest" ] && [ -x /etc/init.d/amauta ]; then /etc/init.d/amauta stop || true; fi
    if [ -z "$dest" ] && command -v rc-update > /dev/null; then
        rc-update delete amauta default || true
    elif [ -z "$dest" ] && command -v update-rc.d > /dev/null; then
        update-rc.d -f amauta remove
    elif [ -z "$dest" ] && command -v chkconfig > /dev/null; then
        chkconfig --del amauta || true
    fi
    rm -f "$dest/usr/local/bin/amauta" "$dest/etc/init.d/amauta"
    exit 0
fi
binary=${1:?usage: install.sh BINARY | --uninstall}
umask 022
mkdir -p "$dest/usr/local/bin" "$dest/etc/init.d" "$dest/etc/amauta" "$dest/var/lib/amauta"
install -m 755 "$binary" "$dest/usr/local/bin/amauta"
install -m 755 "$here/init/$script" "$dest/etc/init.d/amauta"
settings=$dest/etc/amauta/amauta.toml
if [ ! -e "$settings" ]; then
    sh "$here/settings.sh" "$binary" > "$settings.new"
    mv "$settings.new" "$settings"
fi
[ -z "$dest" ] || exit 0
if ! id amauta > /dev/null 2>&1; then
    if command -v useradd > /dev/null; then
        useradd --system --user-group --home-dir /var/lib/amauta --shell /usr/sbin/nologin amauta
    else
        # Alpine and other small systems.
        addgroup -S amauta
        adduser -S -D -H -h /var/lib/amauta -s /sbin/nologin -G amauta amauta
    fi
fi
chown amauta: /var/lib/amauta
chmod 750 /var/lib/amauta
if ! setcap cap_net_bind_service=+ep /usr/local/bin/amauta; then
    echo "without setcap (libcap) port 80 stays closed: install it, or set listen = [\"[::]:8080\"] in $settings" >&2
fi
if command -v rc-update > /dev/null; then
    rc-update add amauta default
elif command -v update-rc.d > /dev/null; then
    update-rc.d amauta defaults
elif command -v chkconfig > /dev/null; then
    # Old Fedora, as on XOs.
    chkconfig --add amauta
fi
/etc/init.d/amauta restart
