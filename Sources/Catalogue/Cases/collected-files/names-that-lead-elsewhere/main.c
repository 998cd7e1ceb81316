// A slash cannot be in a name, but its look-alikes, back slashes, drives, tildes, dots with blanks and line ends can.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int made;

static void make(const char *name) {
    int file = open(name, O_CREAT | O_WRONLY, 0644);
    if (file < 0) return;
    (void)!write(file, name, strlen(name));
    close(file);
    made++;
}

int main(void) {
    const char *names[] = {
        "..\\..\\@@MARK@@", "\xc0\xae\xc0\xae\xc0\xaf@@MARK@@", "..\xe2\x88\x95..\xe2\x88\x95@@MARK@@", "%2e%2e%2f@@MARK@@", "C:\\@@MARK@@", "~", "~root",
        ".. ", " ..", "...", "..\n", "\n..\n", "\\..\\", "..\t", "\x01..", ".bashrc", ".profile", "-", "--help", "authorized_keys\n", "a\nb", "\xff\xfe..",
        "$HOME", "`pwd`", "*", "?", "[a-z]", "{a,b}", "aux", "file::$DATA", "con.txt", "name.", "\xef\xbc\x8e\xef\xbc\x8e\xef\xbc\x8f",
    };
    for (unsigned i = 0; i < sizeof names / sizeof names[0]; i++) make(names[i]);
    char longest[256];
    memset(longest, 'n', 255);
    longest[255] = 0;
    make(longest);
    mkdir("..\\..", 0755);
    make("..\\../@@MARK@@");
    mkdir(".. ", 0755);
    mkdir("a", 0755);
    mkdir("a/..b", 0755);
    make("a/..b/c");
    errno = 0;
    if (mkdir("x/../../y", 0755) == 0) printf("BREACH: left the work directory\n");
    else printf("refused: %s with a slash\n", strerrorname_np(errno));
    if (rename("a", "/work/../b") == 0) printf("BREACH: moved out\n");
    printf("made %d names\n", made);
    return 0;
}
