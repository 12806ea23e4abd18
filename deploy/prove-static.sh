#!/usr/bin/env bash
# Starts the programs that static.sh made on the oldest processor each is for, as qemu-user imitates it, and reads a page in
# both languages: prove-static.sh [TARGET...]. Without a name: those that are in target/static.
# Every proof has its control: a program that the same processor must refuse. What an emulator lets pass is read off the
# instructions (scan-i586.py), and that reader is shown a program with each of them first.
# Needs qemu-user-static, curl, and what static.sh needs.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$PWD/target/static
PATH=$out/tools/bin:$PATH
work=$(mktemp -d)
server=
trap '[[ -z $server ]] || kill -9 $server 2>/dev/null || true; rm -rf "$work"' EXIT

# control NAME ZIG-TARGET: a program that does nothing but what its assembly says.
control() {
    python -m ziglang cc -target "$2" -nostdlib -static -o "$work/$1" "$work/$1.s"
}

# refused RUNNER... : must end by an illegal instruction.
refused() {
    local code=0
    bash -c '"$@"; exit $?' _ "$@" >/dev/null 2>&1 || code=$?
    if ((code != 128 + 4)); then
        echo "the control was not refused: $* ended with $code"
        exit 1
    fi
}

# serves NAME RUNNER...: the program answers in both languages, and its own test of the machine is well.
serves() {
    local name=$1 port=$((20000 + RANDOM % 20000)) lang page
    shift
    "$@" "$out/amauta-$name" selftest --data "$work/$name" >"$work/screen" || { cat "$work/screen"; exit 1; }
    sed -n 's/^/    /; 1p; 6,9p' "$work/screen"
    # Older qemu-user loses track of threads when a signal comes: only reading is asked of it, and it ends by force.
    "$@" "$out/amauta-$name" serve --listen "127.0.0.1:$port" --data "$work/$name" >"$work/log" 2>&1 &
    server=$!
    for lang in es qu; do
        page=$(curl -sf --retry 30 --retry-delay 1 --retry-all-errors --max-time 60 "http://127.0.0.1:$port/$lang/lecciones/mi-frase-clave/1")
        if [[ $page != *"<html lang=\"$lang\""*"</html>"* ]]; then
            echo "no whole page in $lang"
            exit 1
        fi
    done
    kill -9 $server
    wait $server 2>/dev/null || true
    server=
    echo "amauta-$name: a page in both languages on $*"
}

if ((!$#)); then
    for file in "$out"/amauta-*; do set -- "$@" "${file#"$out/amauta-"}"; done
fi
for name; do
    case $name in
    i586)
        cat >"$work/sse.s" <<'END'
        .globl _start, with_sse, with_long_nop, with_endbr
        _start: call with_sse
                movl $1, %eax
                xorl %ebx, %ebx
                int $0x80
        with_sse: .byte 0x0f, 0x59, 0xc0; ret
        with_long_nop: .byte 0x0f, 0x1f, 0x00; ret
        with_endbr: .byte 0xf3, 0x0f, 0x1e, 0xfb; ret
END
        control sse x86-linux-musl
        told=$(deploy/scan-i586.py "$work/sse" || true)
        for function in with_sse with_long_nop with_endbr; do
            grep -q ": $function: " <<<"$told" || { echo "the reader of instructions misses $function"; exit 1; }
        done
        refused qemu-i386-static -cpu pentium2 "$work/sse"
        qemu-i386-static -cpu pentium3 "$work/sse"
        serves i586 qemu-i386-static -cpu pentium2
        ;;
    armv6)
        [[ ! -e $out/amauta-armv7 ]] || refused qemu-arm-static -cpu arm1176 "$out/amauta-armv7" --version
        serves armv6 qemu-arm-static -cpu arm1176
        ;;
    armv7)
        printf '.globl _start\n.fpu neon\n_start: vadd.i32 q0, q0, q0\nmov r7, #1\nmov r0, #0\nsvc #0\n' >"$work/neon.s"
        control neon arm-linux-musleabihf
        refused qemu-arm-static -cpu cortex-a9,neon=off "$work/neon"
        qemu-arm-static -cpu cortex-a9 "$work/neon"
        serves armv7 qemu-arm-static -cpu cortex-a9,neon=off
        ;;
    aarch64)
        # Atomic additions came with 8.1: every Raspberry Pi before the fifth refuses them.
        printf '.globl _start\n.arch armv8.1-a\n_start: mov x1, sp\nmov x0, #0\nldadd x0, x0, [x1]\nmov x0, #0\nmov x8, #93\nsvc #0\n' >"$work/atomics.s"
        control atomics aarch64-linux-musl
        refused qemu-aarch64-static -cpu cortex-a53 "$work/atomics"
        qemu-aarch64-static -cpu max "$work/atomics"
        serves aarch64 qemu-aarch64-static -cpu cortex-a53
        ;;
    x86_64) serves x86_64 qemu-x86_64-static -cpu qemu64 ;;
    *)
        echo "no such target: $name"
        exit 2
        ;;
    esac
done
