import Benchmark

let benchmarks: @Sendable () -> Void = {
    registerWarm()
    registerThroughput()
    registerGrowth()
    registerOvershoot()
    registerCellMemory()
    registerReadyCellMemory()
    registerCompiling()
    registerAccounting()
    registerOverHTTP()
}
