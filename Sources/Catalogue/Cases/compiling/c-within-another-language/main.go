// Flags that load a plugin (CVE-2018-6574) Go refuses by itself since; the C of a preamble may still include anything.
package main

/*
#include "@@SECRET_PATH@@"
*/
import "C"
import "fmt"

func main() {
	fmt.Println("BREACH: compiled with the host's file")
}
