for number in {1..3}; do echo "$number"; done | while read -r number; do
    echo -n "$((4 - number)) "
done
echo "lift-off"
