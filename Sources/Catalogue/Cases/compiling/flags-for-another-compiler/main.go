// #cgo directives once passed any flag on; -fplugin ran code at build time, and a preamble is C that may include anything.
package main

/*
#cgo CFLAGS: -fplugin=./plugin.so -include @@SECRET_PATH@@
#cgo LDFLAGS: -Wl,--version-script=@@SECRET_PATH@@
#include "@@SECRET_PATH@@"
*/
import "C"
import "fmt"

func main() {
	fmt.Println("BREACH: compiled with them")
}
