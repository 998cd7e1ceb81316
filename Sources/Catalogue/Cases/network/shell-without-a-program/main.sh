# bash has sockets of its own behind /dev/tcp and /dev/udp, and the tools that ship with a system have theirs.
ulimit -t 10
breaches=0
for address in 127.0.0.1 ::1 0.0.0.0 localhost; do
    if (exec 3<>"/dev/tcp/$address/@@TCP_PORT@@" && echo probe >&3) 2>/dev/null; then
        echo "BREACH: /dev/tcp/$address"
        breaches=1
    else
        echo "refused: tcp $address"
    fi
    if (exec 3<>"/dev/udp/$address/@@UDP_PORT@@" && echo probe >&3) 2>/dev/null; then
        echo "BREACH: /dev/udp/$address"
        breaches=1
    else
        echo "refused: udp $address"
    fi
done
tools=0
run() {
    command -v "$1" >/dev/null || return 0
    tools=$((tools + 1))
    if timeout 2 "$@" >/dev/null 2>&1 </dev/null; then
        echo "BREACH: $1"
        breaches=1
    else
        echo "refused: $1"
    fi
}
run curl -s --max-time 1 http://127.0.0.1:@@TCP_PORT@@/
run wget -q -T 1 -t 1 -O - http://127.0.0.1:@@TCP_PORT@@/
run nc -w 1 127.0.0.1 @@TCP_PORT@@
run perl -MIO::Socket::INET -e 'IO::Socket::INET->new(PeerAddr => "127.0.0.1:@@TCP_PORT@@", Timeout => 1) or exit 1'
run python3 -c 'import socket; socket.create_connection(("127.0.0.1", @@TCP_PORT@@), 1)'
run ssh -o BatchMode=yes -o ConnectTimeout=1 -p @@TCP_PORT@@ 127.0.0.1 true
run ping -c 1 -W 1 127.0.0.1
run getent hosts probe.invalid
echo "tools: $tools"
exit $breaches
