# Runs "$@" and stops it when standard input closes, which also happens when
# the process at the other end is killed. $1 is the signal of an orderly stop.
signal=$1
shift
status=
exec 3<&0 </dev/null

stop() {
    trap '' TERM INT HUP
    status=0
    ticks=0
    # The foreground sleep lets the shell reap the server, so kill -0 can fail.
    while kill -0 "$server" 2>/dev/null; do
        # Repeated, because a server that just started may have missed the first.
        [ $((ticks % 20)) -eq 0 ] && kill -s "$signal" "$server"
        ticks=$((ticks + 1))
        case $ticks in
        600) status=1 && kill -s QUIT "$server" ;;
        700) kill -s KILL "$server" ;;
        esac
        sleep 0.05 2>/dev/null || sleep 1
    done
}

# Standard error of this shell may be a pipe that must not outlive it.
exec "$@" 3<&- 2>&1 &
server=$!
trap stop TERM INT HUP

# If this shell was killed, the watcher still takes the server down.
{
    read -r _ <&3
    kill -s TERM $$ 2>/dev/null || kill -s INT "$server"
} &
watcher=$!

wait "$server"
ended=$?
kill "$watcher" 2>/dev/null
wait "$watcher" 2>/dev/null
exit "${status:-$ended}"
