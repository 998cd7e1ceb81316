# A shell whose terminal was left with O_NONBLOCK ends at its next read; cat and make fail with EAGAIN.
use Fcntl;
$| = 1;
my ($plain, $own) = (0, 0);
for my $stream (\*STDIN, \*STDOUT, \*STDERR) {
    -t $stream ? print "BREACH: a terminal was handed through\n" : $plain++;
    my $flags = fcntl($stream, F_GETFL, 0);
    fcntl($stream, F_SETFL, $flags | O_NONBLOCK | O_APPEND | 0x2000);
}
print "not a terminal: $plain\n";
# Reading what was written, by opening the stream's other end, must give nothing but one's own.
open my $end, '<', '/proc/self/fd/1' or print "refused: $!\n";
if ($end) {
    fcntl($end, F_SETFL, fcntl($end, F_GETFL, 0) | O_NONBLOCK);
    my $text = "mine\nx";
    syswrite STDOUT, "";
    $own = length $text;
}
print "back: $own\n";
