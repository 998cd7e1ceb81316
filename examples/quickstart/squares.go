package main

import "fmt"

func main() {
	squares := make(chan int)
	for i := 0; i < 10; i++ {
		go func(n int) { squares <- n * n }(i)
	}
	sum := 0
	for i := 0; i < 10; i++ {
		sum += <-squares
	}
	fmt.Println(sum)
}
