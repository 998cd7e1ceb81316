# What Tcl's commands and its thread extension call.
proc attempt {body} { catch {uplevel $body} }
cd /work
attempt { set f [open f w+]; puts $f [string repeat x 99999]; flush $f; seek $f 0; read $f; chan truncate $f 9; fconfigure $f -blocking 0; close $f; file copy f c; file rename c r; file link -hard l f; file link -symbolic s f; file readlink s; file stat f a; file lstat s b; file attributes f; file attributes f -permissions 0600; file mtime f 1; file mkdir d; glob *; file delete -force d; file tempfile t; file system f; file normalize s }
attempt { exec echo x | cat; set p [open "|cat" r+]; puts $p x; flush $p; gets $p; close $p; pid; after 10; clock seconds; clock clicks; exec sh -c "exit 0" & ; info hostname; info patchlevel }
attempt { set s [socket -server list -myaddr 127.0.0.1 0]; set k [socket 127.0.0.1 [lindex [fconfigure $s -sockname] 2]]; fconfigure $k -buffering line; puts $k x; after 20 {set done 1}; vwait done; close $k; close $s }
attempt { package require Thread; set t [thread::create]; thread::send $t {expr 1}; thread::release $t }
attempt { zlib compress x; encoding system utf-8; chan pipe; interp create; load none; package require http; package require tdbc }
puts ok
