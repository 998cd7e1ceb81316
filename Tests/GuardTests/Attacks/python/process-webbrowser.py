import webbrowser
print("BREACH", webbrowser.subprocess.run(["true"]))
