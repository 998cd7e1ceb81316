# Ordinary work, some of it unusual enough to be recognised.
for i in {1..8}; do
    tac /usr/lib/os-release | shuf >/dev/null
    sleep 0.1
done
echo worked
