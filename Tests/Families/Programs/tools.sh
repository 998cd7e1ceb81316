# What the tools of Debian's base system call: a program in any language may start them.
# pmap is not among them: it makes a System V segment to learn the number of a device, and does without.
export LC_ALL=C.UTF-8
cd /work && mkdir -p tools/a tools/b && cd tools || exit 1
try() { "$@" > /dev/null 2>&1 < /dev/null || true; }
seq 1 2000 > numbers
for tool in cat tac nl od base32 base64 fold head tail split csplit wc sum cksum b2sum md5sum sha1sum sha256sum sha512sum \
    sort shuf uniq comm ptx tsort cut paste join tr expand unexpand; do
    try "$tool" numbers
done
try sort --parallel=2 -S 1M -R numbers
try cp numbers copy; try cp -a --reflink=auto numbers a/; try cp -a a b/; try cp --sparse=always numbers sparse; try dd if=numbers of=dd bs=512 conv=fsync
try install -m 640 numbers installed; try mv copy moved; try ln moved hard; try ln -s moved soft; try rm -rf b/a; try shred -u dd
try mkfifo pipe; try mknod pipe2 p; try truncate -s 1M large; try fallocate -l 1M allocated; try mktemp; try mktemp -d
try chmod 600 moved; try chown "$(id -u)" moved; try chgrp "$(id -g)" moved; try touch -d yesterday moved; try touch -h soft
try stat moved; try df; try du -a; try ls -laZ --color; try ls -R; try dir; try vdir; try realpath soft; try readlink -f soft; try dirname a/b; try basename a/b
try sync; try sync moved; try date; try cal; try uptime; try uname -a; try nproc; try arch; try hostid; try hostname; try id; try groups; try whoami; try logname; try users; try who; try pinky; try tty; try stty -a; try env; try printenv; try factor 12345; try numfmt --to=iec 1000000; try expr 1 + 1; try test -f moved; try pathchk moved
try timeout 5 true; try timeout -s KILL 0.1 sleep 5; try nice -n 5 true; try nohup true; try stdbuf -oL cat numbers; try runcon true; try sleep 0.01; try yes --version; try tee a/tee; try sh -c 'kill -USR1 $$'; try kill -0 $$
try ionice -c 3 true; try chrt -b 0 true; try taskset 1 true; try renice 5 $$; try prlimit; try setsid true; try setarch -R true; try flock numbers true; try getopt -o a -- -a; try hexdump -C numbers; try rev numbers; try column numbers; try look a numbers; try script -qc true typescript; try lscpu; try lsmem; try lslocks; try findmnt; try mountpoint /; try namei moved; try whereis ls; try more numbers; try mcookie; try uuidgen; try logger x; try fincore numbers; try lsns; try lsipc --version
try find / -xdev -maxdepth 3 -newer moved -size +1 -printf '%p %u'; try find . -type f -exec wc {} +; echo numbers | try xargs -P 2 wc
try grep -rn 7 .; try sed -i s/7/8/ numbers; try awk '{ s += $1 } END { print s | "cat" }' numbers; try diff -r a b; try cmp numbers moved; try diff3 a/numbers numbers moved; try patch --version
try tar -cf t.tar a b; try tar -xf t.tar -C b; try tar --xattrs -czf t.tar.gz a; try tar -cJf t.tar.xz a; try tar -cjf t.tar.bz2 a; try gzip -k numbers; try gunzip -c numbers.gz; try xz -kT2 numbers; try xz -dc numbers.xz; try bzip2 -k numbers; try zcat numbers.gz
try ps aux; try top -bn1; try free; try pgrep sh; try pkill -0 sh; try pidof bash; try vmstat; try w; try watch --version; try file numbers; try which ls; try tput cols; try clear; try infocmp; try less numbers; try perl -e 1; try openssl version; try curl --version; try git --version; try make --version
( sleep 0.05 & wait ); trap : USR1; kill -USR1 $$; ulimit -a > /dev/null; cat < <(echo x) > /dev/null; echo x | cat > /dev/null; exec 9<> pipe; read -t 0.01 -r _ <&9; coproc cat; echo ok
