// Server-sent events from a `fetch`, whose requests, unlike those of `EventSource`, can carry a key and a body.

/** The events of a response as they come: `{ id, name, data }`. */
export async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    while (true) {
      const { value, done } = await reader.read();
      if (done) return;
      const blocks = (rest + value).split("\n\n");
      rest = blocks.pop();
      for (const block of blocks) {
        const event = parse(block);
        if (event) yield event;
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

function parse(block) {
  const event = { id: null, name: "message", data: "" };
  let said = false;
  for (const line of block.split("\n")) {
    const [, field, value] = /^([^:]*):? ?(.*)$/s.exec(line);
    if (field === "id") event.id = value;
    if (field === "event") event.name = value;
    if (field === "data") {
      event.data += said ? `\n${value}` : value;
      said = true;
    }
  }
  return said ? { ...event, data: JSON.parse(event.data) } : null;
}
