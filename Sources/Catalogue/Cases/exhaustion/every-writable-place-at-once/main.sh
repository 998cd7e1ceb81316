# Each place may look small by itself: what counts is what they hold together.
for place in /work /tmp /dev/shm; do
    (dd if=/dev/zero of="$place/@@MARK@@" bs=64k count=1600 2>/dev/null) &
done
wait
total=0
for place in /work /tmp /dev/shm; do
    total=$((total + $(stat -c %s "$place/@@MARK@@")))
done
if ((total > 9000000)); then echo "BREACH: more than the limit"; fi
echo "$(((total + 999999) / 1000000)) MB in all"
