# Opening a pipe blocks until the other end is opened; opening a socket fails in a way that few programs expect.
use POSIX qw(mkfifo);
use IO::Socket::UNIX;
$| = 1;
my $made = 0;
mkdir 'd';
$made += mkfifo('result.txt', 0666) ? 1 : 0;
$made += mkfifo('d/result', 0666) ? 1 : 0;
my $first = IO::Socket::UNIX->new(Local => 'socket.txt', Listen => 1);
my $second = IO::Socket::UNIX->new(Local => 'd/socket', Type => SOCK_DGRAM);
$made += (-S 'socket.txt' ? 1 : 0) + (-S 'd/socket' ? 1 : 0);
open my $plain, '>', 'plain.txt';
print $plain "mine";
close $plain;
print "made $made of them\n";
