let text = "";
process.stdin.on("data", (piece) => { text += piece; });
process.stdin.on("end", () => {
  const counts = new Map();
  for (const word of text.trim().split(/\s+/)) counts.set(word, (counts.get(word) ?? 0) + 1);
  for (const [word, count] of counts) console.log(word, count);
});
