# A close-on-exec flag hides a descriptor from programs, not from the shell's own redirections by number.
ulimit -t 10
breaches=0
streams=0
for number in {0..255}; do
    if { true >&"$number"; } 2>/dev/null || { true <&"$number"; } 2>/dev/null; then
        case $(readlink "/proc/$$/fd/$number") in
        pipe:* | /dev/null) streams=$((streams + 1)) ;;
        "") ;;
        */main.sh | */work/* | *.sh) ;;
        *)
            echo "BREACH: $number is $(readlink "/proc/$$/fd/$number")"
            breaches=1
            ;;
        esac
    fi
done
echo "streams: $streams"
if [ "$streams" -gt 3 ]; then
    echo "BREACH: more pipes than the three streams"
    breaches=1
fi
exec {copy}>&1
if ( : > "/proc/self/fd/$copy/../../../../../@@TAMPER_PATH@@" ) 2>/dev/null; then
    echo "BREACH: a path through a pipe"
    breaches=1
else
    echo "refused: ENOTDIR a path through a pipe"
fi
exit $breaches
