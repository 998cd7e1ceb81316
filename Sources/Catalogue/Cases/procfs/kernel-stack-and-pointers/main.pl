# Return addresses on a kernel stack undo address-space randomisation of the kernel.
use strict;
use warnings;
use Errno;
alarm 15;
$| = 1;
my $breaches = 0;
for my $path ("/proc/self/stack", "/proc/thread-self/stack", "/proc/self/task/$$/stack", "/proc/modules",
    "/proc/self/net/unix", "/proc/self/net/netlink", "/proc/self/net/packet", "/proc/kallsyms") {
    my $file;
    if (!open($file, "<", $path)) {
        my ($name) = grep { $!{$_} } keys %!;
        print "refused: ", ($name // "E?"), " $path\n";
        next;
    }
    my $text = do { local $/; <$file> };
    if (!defined $text || $text eq "") {
        print "empty: $path\n";
    } elsif ($text =~ /\b(ffff[0-9a-f]{12})\b/ || $path =~ /stack$/) {
        print "BREACH: a kernel address in $path\n";
        $breaches = 1;
    } else {
        print "without addresses: $path\n";
    }
}
exit $breaches;
