# The wait status says SIGKILL, as after the out-of-memory killer and as after the sandbox's own kill.
use POSIX ();
$| = 1;
my $parent = $$;
if (fork == 0) {
    $0 = '@@MARK@@';
    POSIX::setsid();
    $SIG{$_} = 'IGNORE' for qw(HUP INT QUIT TERM USR1 USR2 ALRM CHLD);
    print "child goes on\n";
    kill KILL => $parent;
    POSIX::close($_) for 0 .. 255;
    sleep 12;
    POSIX::_exit(0);
}
sleep 12;
