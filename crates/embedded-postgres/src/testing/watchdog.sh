# Stops a test cluster, and removes it, when nobody has held a lease on it for a while.
# Arguments: the base folder, the home of the data, the folder of the socket, seconds to linger.
# The locks are those of the launcher, and are taken in the same order: the lease is never touched
# without the start lock, or a launcher that leaves would take this for somebody who stays.
base=$1 home=$2 socket=$3 linger=$4

command -v flock >/dev/null || flock() {
    perl -e '$how = {"-x", 2, "-xn", 6, "-u", 8}->{$ARGV[0]} or exit 2;
        open(F, "<&=$ARGV[1]") && flock(F, $how) or exit 1' -- "$@"
}

# Somebody may have removed the folder, and somebody else have made it anew.
inode() { ls -i "$base/start.lock" 2>/dev/null; }
ours=$(inode)
is_ours() { [ "$(inode)" = "$ours" ]; }

# For reading, which creates nothing in a folder that is just being removed.
exec 7<"$base/postgres.log" 8<"$base/start.lock" 9<"$base/lease" || exit 1

idle=0
while is_ours; do
    sleep 1
    flock -x 8 || exit 1
    if is_ours && flock -xn 9; then
        [ "$idle" -lt "$linger" ] || break
        idle=$((idle + 1))
        flock -u 9
    else
        idle=0
    fi
    flock -u 8
done
is_ours || exit 0

# The log is locked while any process of the server lives.
if ! flock -xn 7; then
    kill -s QUIT "$(head -n 1 "$home/data/postmaster.pid")"
    flock -x 7
fi
# Out of the way in one step, so that nobody finds half a folder.
mv "$base" "$base.removed.$$"
rm -rf "$home" "$socket" "$base.removed.$$"
