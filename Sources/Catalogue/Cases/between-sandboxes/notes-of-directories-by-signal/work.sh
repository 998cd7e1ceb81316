# Reads one file of the directory again and again.
file=/usr/share/zoneinfo/Antarctica/Vostok
[[ -e $file ]] || file=$(echo /usr/share/perl5/*.pm | cut -d' ' -f1)
for _ in {1..15}; do
    read -r -n 4 _ 2>/dev/null <"$file"
    sleep 0.08
done
echo worked
