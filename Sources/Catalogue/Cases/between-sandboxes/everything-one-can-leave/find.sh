# Files, processes and names that bear the mark, which both sandboxes know.
found=0
while IFS= read -r -d '' path; do
    echo "BREACH: $path"
    found=$((found + 1))
done < <(find / -xdev -name '*@@MARK@@*' -print0 2>/dev/null; find /work /tmp /dev /.scratch -name '*@@MARK@@*' -print0 2>/dev/null)
for name in /tmp/.bashrc /dev/shm/libc.so.6 /work/sitecustomize.py /tmp/.profile; do
    [[ -e $name ]] && echo "BREACH: $name" && found=$((found + 1))
done
for process in /proc/[0-9]*; do
    [[ ${process#/proc/} == "$$" ]] && continue
    tr '\0' ' ' 2>/dev/null <"$process/cmdline" | grep -q '^@@MARK@@' && echo "BREACH: $process" && found=$((found + 1))
done
[[ $(cat /proc/sys/kernel/hostname) == *@@MARK@@* ]] && echo "BREACH: host name" && found=$((found + 1))
echo "found $found marks"
