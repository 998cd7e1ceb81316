# A process in the caller's session hears its hang-up, is stopped with it, and may open /dev/tty.
use strict;
use warnings;
use POSIX ();
use Errno;
alarm 15;
$| = 1;
my $breaches = 0;

sub outcome {
    my ($worked, $what) = @_;
    if ($worked) {
        print "BREACH: $what\n";
        $breaches = 1;
        return;
    }
    my ($name) = grep { $!{$_} } keys %!;
    print "refused: ", ($name // "E?"), " $what\n";
}
my $victim = @@VICTIM_PID@@;
my $group = getpgrp($victim);
outcome(defined $group && $group > 0, "getpgrp of the victim");
$! = 0;
outcome(POSIX::setpgid(0, $victim), "join the victim's group");
outcome(POSIX::setpgid($victim, 0), "move the victim");
outcome(POSIX::tcsetpgrp(0, $$), "tcsetpgrp");
outcome(defined POSIX::tcgetpgrp(0) && POSIX::tcgetpgrp(0) > 0, "tcgetpgrp");
outcome(open(my $terminal, "+<", "/dev/tty"), "open /dev/tty");
# 124 is getsid.
my $session = syscall(124, 0);
print "session: ", ($session == $$ || $session > 0 && $session < 100) ? "own" : "another's", "\n";
if ($session == 0) {
    print "BREACH: the session is one from outside\n";
    $breaches = 1;
}
exit $breaches;
