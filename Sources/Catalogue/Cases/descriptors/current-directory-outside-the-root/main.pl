# runc changed into /proc/self/fd/7 before it let go of the host; the directory had no path, and ".." led up the host's tree.
use strict;
use warnings;
use Cwd ();
alarm 15;
$| = 1;
my $breaches = 0;
my $where = readlink("/proc/self/cwd") // "";
print "cwd: $where\n";
if ($where eq "" || $where =~ /unreachable|deleted/) {
    print "BREACH: the current directory has no path\n";
    $breaches = 1;
}
my $secret = '@@SECRET_PATH@@';
my @starts = (".", "/proc/self/cwd", "/proc/thread-self/cwd", map { "/proc/self/fd/$_" } 0 .. 63);
for my $start (@starts) {
    for my $depth (1, 3, 8, 20) {
        my $path = $start . "/.." x $depth . $secret;
        open(my $file, "<", $path) or next;
        print "BREACH: $path: ", scalar(<$file>), "\n";
        $breaches = 1;
    }
}
for my $start (@starts) {
    chdir($start) or next;
    my $now = Cwd::getcwd() // "(unreachable)";
    if ($now !~ m{^/(work|proc|dev|tmp)?}) {
        print "BREACH: changed into $now\n";
        $breaches = 1;
    }
    chdir("..") for 1 .. 40;
    if (open(my $file, "<", substr($secret, 1))) {
        print "BREACH: ", scalar(<$file>), "\n";
        $breaches = 1;
    }
}
print "refused: ENOENT $secret\n" unless -e $secret;
exit $breaches;
