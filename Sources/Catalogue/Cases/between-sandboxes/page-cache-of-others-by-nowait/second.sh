# Runs what the other looks for, but not its controls.
for _ in {1..20}; do
    echo a b | tsort >/dev/null
    factor 91 >/dev/null
    shuf -e a b >/dev/null
    sleep 0.1
done
echo done
