# Also names with blanks, hidden ones and such as the next program's tools look for by themselves.
left=0
for place in /work /tmp /dev/shm /dev /run /var/tmp /var/lock / /etc /home /root /usr/local /.scratch /proc/sys/kernel /sanderling; do
    for name in @@MARK@@ .@@MARK@@ .bashrc .profile sitecustomize.py libc.so.6 "a @@MARK@@"; do
        (echo "echo @@MARK@@" >"$place/$name") 2>/dev/null && left=$((left + 1))
    done
done
(exec -a @@MARK@@ sleep 10 >/dev/null 2>&1 </dev/null &)
hostname @@MARK@@ 2>/dev/null
echo "left $left marks"
