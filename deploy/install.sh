#!/bin/sh
# Installs a binary on a machine with SysV init: install.sh BINARY, or install.sh --uninstall, which keeps data and settings.
# With DESTDIR only files are laid down; no user is made and nothing is started.
set -eu
dest=${DESTDIR:-}
here=$(cd "$(dirname "$0")" && pwd)
if [ "${1:-}" = --uninstall ]; then
    if [ -z "$dest" ] && [ -x /etc/init.d/amauta ]; then /etc/init.d/amauta stop || true; fi
    if [ -z "$dest" ] && command -v update-rc.d > /dev/null; then update-rc.d -f amauta remove; fi
    rm -f "$dest/usr/local/bin/amauta" "$dest/etc/init.d/amauta"
    exit 0
fi
binary=${1:?usage: install.sh BINARY | --uninstall}
umask 022
mkdir -p "$dest/usr/local/bin" "$dest/etc/init.d" "$dest/etc/amauta" "$dest/var/lib/amauta"
install -m 755 "$binary" "$dest/usr/local/bin/amauta"
install -m 755 "$here/init/amauta" "$dest/etc/init.d/amauta"
settings=$dest/etc/amauta/amauta.toml
if [ ! -e "$settings" ]; then
    sh "$here/settings.sh" "$binary" > "$settings.new"
    mv "$settings.new" "$settings"
fi
[ -z "$dest" ] || exit 0
id amauta > /dev/null 2>&1 || useradd --system --home-dir /var/lib/amauta --shell /usr/sbin/nologin amauta
chown amauta: /var/lib/amauta
chmod 750 /var/lib/amauta
setcap cap_net_bind_service=+ep /usr/local/bin/amauta
if command -v update-rc.d > /dev/null; then update-rc.d amauta defaults; fi
/etc/init.d/amauta restart
