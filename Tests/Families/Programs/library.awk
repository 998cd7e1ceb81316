# What gawk calls: pipes, coprocesses, sockets, pseudo-terminals, and its extensions.
@load "filefuncs"; @load "fork"; @load "fnmatch"; @load "readdir"; @load "readfile"; @load "rwarray"; @load "inplace"; @load "ordchr"; @load "revtwoway"
BEGIN {
    "date" | getline x; close("date"); system("true"); print "x" | "cat"; close("cat"); print "x" > "/work/f"; close("/work/f"); getline y < "/work/f"; print "x" >> "/work/f"; fflush()
    c = "cat"; print "x" |& c; close(c, "to"); c |& getline y; close(c); PROCINFO["sort", "pty"] = 1; print "x" |& "sort"; close("sort")
    PROCINFO["NONFATAL"] = 1; s = "/inet/tcp/0/127.0.0.1/1"; print "x" |& s; close(s); stat("/work/f", data); chdir("/work"); fts_count = 0; n = 1
    if ((p = fork()) == 0) exit 0; waitpid(p); while ((getline line < "/work") > 0) k++; a[1] = 1; writea("/work/a", a); reada("/work/a", a); z = readfile("/work/f"); srand(); r = rand(); t = systime(); u = strftime(); asort(a); PROCINFO["version"]
    printf "ok\n" > "/dev/stdout"
}
