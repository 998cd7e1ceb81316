# Output, errors and names of files all come into a page; each of these gets out of some context.
import os
import sys

pieces = [
    "</pre></code></td></table><script>INJ</script>",
    "<img src=x onerror=alert('INJ')>",
    '"><svg/onload=INJ>',
    "' onmouseover='INJ' x='",
    "--><iframe srcdoc='&lt;script&gt;INJ'>",
    "</script><script>INJ//",
    "</title><base href=//INJ/>",
    "]]><x INJ='1'/><![CDATA[",
    "&lt;b INJ&gt;&#60;b INJ&#62;",
    "</textarea><meta http-equiv=refresh content='0;url=//INJ'>",
    "<plaintext INJ>",
    "\u2028</style><style>*{background:url(//INJ)}",
    "```\n# INJ\n[INJ](javascript:INJ)\n| INJ | INJ |\n<b INJ>",
    "+ADw-script+AD4-INJ",
    "\x00\x08\x0c\x1f\ufffe\uffff",
]
for piece in pieces:
    print(piece)
    print(piece, file=sys.stderr)
for piece in pieces[:6]:
    try:
        with open(piece.replace("/", "\u2215")[:200] + ".txt", "w") as file:
            file.write(piece)
    except OSError as error:
        print("refused:", error.strerror)
os.makedirs('<a href="javascript:INJ">', exist_ok=True)
open('<a href="javascript:INJ">/x', "w").close()
sys.stdout.flush()
raise SystemExit(2)
