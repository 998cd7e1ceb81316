# What R's base packages call.
attempt <- function(e) invisible(try(suppressWarnings(e), silent = TRUE))
setwd("/work")
attempt({ writeLines("x", "f"); readLines("f"); file.copy("f", "c"); file.rename("c", "r"); file.link("f", "l"); file.symlink("f", "s"); Sys.readlink("s"); normalizePath("s"); file.info("f"); Sys.chmod("f", "600"); Sys.umask(); Sys.setFileTime("f", Sys.time()); dir.create("d"); list.files(recursive = TRUE); unlink("d", recursive = TRUE); tempfile(); saveRDS(1:9, "rds"); readRDS("rds"); g <- gzfile("z", "w"); writeLines("x", g); close(g); fifo("p", "w+") })
attempt({ system("true"); system2("echo", "x", stdout = TRUE, timeout = 2); close(pipe("true")); Sys.getpid(); Sys.info(); Sys.time(); Sys.sleep(0.01); proc.time(); gc(); Sys.setenv(A = 1); nsl("localhost"); tools::pskill(Sys.getpid(), 0); tools::psnice(); tools::md5sum("f"); tools::R_user_dir("x"); date(); extSoftVersion(); La_library() })
attempt(parallel::mclapply(1:4, function(i) i, mc.cores = 2)); attempt(parallel::detectCores()); attempt({ k <- parallel::makeCluster(2); parallel::parLapply(k, 1:4, identity); parallel::stopCluster(k) }); attempt(parallel::mcaffinity(1)); attempt({ s <- serverSocket(0); close(s) })
attempt({ pdf("a.pdf"); plot(1:9); dev.off() }); attempt({ png("a.png", type = "cairo"); plot(1:9); dev.off() }); attempt(svd(matrix(runif(1e4), 100))); attempt(lm(dist ~ speed, cars)); attempt(compiler::cmpfun(mean)); attempt(Rprof("prof")); attempt(Rprof(NULL)); attempt(setTimeLimit(5)); attempt(dyn.load("none"))
cat("ok\n")
