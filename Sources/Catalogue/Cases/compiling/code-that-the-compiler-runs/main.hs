{-# LANGUAGE TemplateHaskell #-}
-- runIO does any IO while compiling. What it found is spliced in as text; the daemon it starts would live on beside the program.
module Main where

import Control.Exception
import Language.Haskell.TH
import System.Process

main :: IO ()
main =
  putStr
    $( runIO
         ( do
             let attempt name action = do
                   result <- try action :: IO (Either SomeException ())
                   pure (either (const ("refused: " ++ name)) (const ("BREACH: " ++ name)) result ++ "\n")
             found <-
               sequence
                 [ attempt "read" (readFile "@@SECRET_PATH@@" >>= putStrLn),
                   attempt "write" (appendFile "@@TAMPER_PATH@@" "x"),
                   attempt "kill" (callCommand "kill -STOP @@VICTIM_PID@@ 2>/dev/null"),
                   attempt "tcp" (callCommand "bash -c '</dev/tcp/127.0.0.1/@@TCP_PORT@@' 2>/dev/null"),
                   attempt "usr" (callCommand "touch /usr/bin/@@MARK@@ 2>/dev/null"),
                   attempt "warm" (callCommand "touch /sanderling/warm/@@MARK@@ 2>/dev/null")
                 ]
             _ <- createProcess (shell "trap '' TERM HUP; sleep 14; : @@MARK@@") {new_session = True}
             pure (concat found ++ "ran in the compiler\n")
         )
         >>= litE . stringL
     )
