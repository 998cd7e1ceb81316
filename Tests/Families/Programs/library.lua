-- What Lua's library calls.
local function attempt(f) pcall(f) end
attempt(function() local f = io.open("/work/f", "w+"); f:write(("x"):rep(99999)); f:setvbuf("full"); f:flush(); f:seek("set"); f:read("a"); f:close(); for _ in io.lines("/work/f") do end; os.rename("/work/f", "/work/g"); os.remove("/work/g"); io.tmpfile():write("x"); os.tmpname() end)
attempt(function() io.popen("echo x"):read("a"); os.execute("true"); os.getenv("HOME"); os.time(); os.clock(); os.date(); os.setlocale(""); os.difftime(1, 0); collectgarbage(); require("none") end)
attempt(function() package.loadlib("libc.so.6", "*"); coroutine.wrap(function() coroutine.yield() end)(); string.rep("x", 1e7); load("return 1")() end)
print("ok")
