/// The page's style: one column, two colour schemes, no image and no font of its own.
enum PageStyle {
    /// What the page's content security policy lets apply: the text's SHA-256, in base64.
    static let hash = "sha256-DBb6ewtdYWybqJvupTbFxrgkjkvmkmeRPHEFMb+sjOE="

    static let text = """
        :root {
          color-scheme: light dark;
          --paper: #faf8f4; --card: #ffffff; --ink: #23272b; --soft: #6b6a64; --rule: #e5e0d6; --track: #ece7dd;
          --ok: #3c8262; --clock: #c08a2b; --limit: #c4622d; --fault: #b23a48; --policy: #7357a8; --none: #8a8d91;
          --accent: #4f7c93; --used: #9db7c3; --code: #f3f0e9;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #15171a; --card: #1c1f23; --ink: #e6e3dc; --soft: #9b9a94; --rule: #2f3338; --track: #2a2e33;
            --ok: #62b48e; --clock: #dcae55; --limit: #e58a57; --fault: #e2707c; --policy: #a78fdd; --none: #8b9096;
            --accent: #78a9c1; --used: #4d6b7b; --code: #121417;
          }
        }
        * { box-sizing: border-box; }
        html { scroll-padding-top: 1rem; }
        body {
          margin: 0; background: var(--paper); color: var(--ink);
          font: 15px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
          font-variant-numeric: tabular-nums; -webkit-text-size-adjust: 100%;
        }
        main { max-width: 1080px; margin: 0 auto; padding: 2.5rem 1.5rem 3rem; }
        .brand { margin: 0 0 1.25rem; font-weight: 600; letter-spacing: .01em; overflow-wrap: anywhere; }
        .brand span { color: var(--soft); font-weight: 400; margin-left: .6em; unicode-bidi: isolate; }
        h1 { font: 400 clamp(1.6rem, 4.2vw, 2.5rem)/1.15 Charter, "Iowan Old Style", Palatino, Georgia, serif;
          letter-spacing: -.01em; margin: 0 0 1.75rem; text-wrap: balance; }
        h2 { font-size: .8rem; font-weight: 600; letter-spacing: .07em; text-transform: uppercase; color: var(--soft);
          margin: 0 0 .9rem; }
        h3 { font-size: 1rem; font-weight: 600; margin: 0 0 .75rem; display: flex; gap: .75rem; align-items: baseline;
          justify-content: space-between; overflow-wrap: anywhere; }
        h4 { font-size: .85rem; margin: 1.1rem 0 .35rem; }
        small, .hint { color: var(--soft); font-size: .82rem; font-weight: 400; }
        a { color: inherit; text-decoration-color: var(--rule); text-underline-offset: .2em; }
        a:hover { text-decoration-color: currentColor; }
        section { margin: 0 0 2.5rem; min-width: 0; }
        .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 0 3rem; }
        .tiles { display: grid; grid-template-columns: repeat(4, 1fr); border-top: 1px solid var(--rule);
          border-bottom: 1px solid var(--rule); }
        .tiles div { padding: 1rem 1rem 1rem 1.25rem; border-left: 1px solid var(--rule); display: grid;
          align-content: start; }
        .tiles div:first-child { border-left: 0; padding-left: 0; }
        .tiles span { color: var(--soft); font-size: .82rem; }
        .tiles b { font-size: 1.7rem; line-height: 1.3; font-weight: 500; letter-spacing: -.01em; }
        .note { border-left: 3px solid var(--clock); padding: .1rem 0 .1rem .9rem; margin: 0 0 .75rem; }
        .note + .pair { margin-top: 2rem; }
        ul { list-style: none; margin: 0; padding: 0; }
        .legend, .languages { display: grid; column-gap: .75rem; }
        .legend { grid-template-columns: auto 1fr auto auto; }
        .languages { grid-template-columns: 7.5rem 1fr auto auto; }
        .legend li, .languages li { display: grid; grid-template-columns: subgrid; grid-column: 1 / -1;
          align-items: center; padding: .3rem 0; border-bottom: 1px solid var(--rule); }
        .legend li:last-child, .languages li:last-child { border: 0; }
        .legend b, .legend small, .languages b { text-align: right; font-weight: 500; white-space: nowrap; }
        .languages .name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap;
          unicode-bidi: isolate; }
        .stack { border-radius: 5px; display: block; margin-bottom: .6rem; }
        .stack rect { stroke: var(--paper); stroke-width: 2; }
        svg { display: block; max-width: 100%; }
        .ok { --c: var(--ok); } .clock { --c: var(--clock); } .limit { --c: var(--limit); }
        .fault { --c: var(--fault); } .policy { --c: var(--policy); } .none { --c: var(--none); }
        .s2 { --o: .78; } .s3 { --o: .6; } .s4 { --o: .52; } .s5 { --o: .44; }
        rect.ok, rect.clock, rect.limit, rect.fault, rect.policy, rect.none { fill: var(--c);
          fill-opacity: var(--o, 1); }
        .dot { display: inline-block; width: .62em; height: .62em; border-radius: 50%; background: var(--c);
          opacity: var(--o, 1); flex: none; }
        .chip { display: inline-flex; gap: .45em; align-items: center; font-size: .82rem; white-space: nowrap;
          font-weight: 400; }
        .track { fill: var(--track); } .used { fill: var(--used); } .cpu { fill: var(--accent); }
        .over { fill: var(--limit); } .accent { fill: var(--accent); }
        .tick { stroke: var(--soft); stroke-width: 1.5; } .grid { stroke: var(--rule); stroke-width: 1; }
        .timeline rect { fill: var(--c); fill-opacity: .88; } .timeline a:hover rect { fill-opacity: 1; }
        .timeline .label { color: var(--card); font-size: 11.5px; font-weight: 500; line-height: 20px; padding: 0 7px;
          overflow: hidden; text-overflow: ellipsis; white-space: nowrap; unicode-bidi: isolate; }
        .axis { display: flex; justify-content: space-between; border-top: 1px solid var(--rule); color: var(--soft);
          font-size: .75rem; padding-top: .25rem; }
        .axis span { display: flex; justify-content: center; width: 0; white-space: nowrap; }
        .axis span:first-child { justify-content: flex-start; } .axis span:last-child { justify-content: flex-end; }
        .charts { display: grid; grid-template-columns: 1fr 1fr; gap: 1.5rem 2rem; }
        .multiples { display: grid; gap: 1.75rem; }
        .multiples article + article { border-top: 1px solid var(--rule); padding-top: 1.5rem; }
        figure { margin: 0; min-width: 0; }
        figcaption { font-size: .85rem; margin-bottom: .3rem; display: flex; justify-content: space-between; gap: 1rem; }
        .area .fill { fill: var(--accent); fill-opacity: .16; }
        .area .line, .area .ceiling { fill: none; vector-effect: non-scaling-stroke; }
        .area .line { stroke: var(--accent); stroke-width: 1.75; stroke-linejoin: round; }
        .area .ceiling { stroke: var(--limit); stroke-width: 1.25; stroke-dasharray: 5 4; }
        .tools { display: flex; flex-wrap: wrap; gap: .6rem; margin-bottom: 1rem; }
        .tools[hidden], .row[hidden], .hint[hidden] { display: none; }
        .tools input { flex: 1 1 12rem; min-width: 0; }
        .tools input, .tools select, .tools button { font: inherit; font-size: .88rem; color: inherit;
          background: var(--card); border: 1px solid var(--rule); border-radius: 6px; padding: .4rem .65rem; }
        .tools button { cursor: pointer; }
        :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
        .head, summary { display: grid; gap: .9rem; align-items: center;
          grid-template-columns: 1rem 2.6rem minmax(0, 1fr) 11.5rem 11.5rem 11.5rem; }
        .head { color: var(--soft); font-size: .82rem; padding: 0 .75rem .4rem; border-bottom: 1px solid var(--rule); }
        .row { border-bottom: 1px solid var(--rule); content-visibility: auto; contain-intrinsic-size: auto 3.1rem; }
        .row[open] { background: var(--card); }
        summary { padding: .55rem .75rem; cursor: pointer; list-style: none; }
        summary::-webkit-details-marker { display: none; }
        summary:hover { background: var(--card); }
        .number { text-align: right; color: var(--soft); font-size: .85rem; }
        .mark { text-align: center; } .pass { color: var(--ok); } .fail { color: var(--fault); }
        .title { min-width: 0; overflow-wrap: anywhere; unicode-bidi: isolate; line-height: 1.35; }
        .title small { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
        .meter { display: grid; grid-template-columns: 1fr 5.4rem; gap: .6rem; align-items: center; }
        .meter span { text-align: right; font-size: .85rem; white-space: nowrap; }
        .details { padding: .25rem 1.25rem 1.5rem 5.15rem; }
        .details .pair { gap: 1rem 2.5rem; grid-template-columns: minmax(0, 1.5fr) minmax(0, 1fr); }
        .details .charts, .details .items + .pair { margin-top: 1.25rem; }
        .message { font-size: 1.02rem; margin: .25rem 0 1rem; overflow-wrap: anywhere; }
        dl { margin: 0; display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .3rem 1.1rem; align-content: start;
          font-size: .88rem; }
        dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
        .usage { border-collapse: collapse; font-size: .88rem; align-self: start; width: 100%; }
        .usage th, .usage td { font-weight: 400; text-align: right; padding: .18rem 0; }
        .usage th:first-child { text-align: left; color: var(--soft); }
        .usage thead th { color: var(--soft); font-size: .78rem; border-bottom: 1px solid var(--rule); }
        .items li { font-size: .88rem; padding: .15rem 0; overflow-wrap: anywhere; }
        pre, code { font-family: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace; }
        code { font-size: .92em; }
        pre { margin: 0; padding: .7rem .9rem; background: var(--code); border: 1px solid var(--rule); border-radius: 6px;
          font-size: .8rem; line-height: 1.5; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 24rem;
          overflow: auto; contain: paint; unicode-bidi: isolate; }
        .x { font-style: normal; color: var(--policy); background: color-mix(in srgb, var(--policy) 14%, transparent);
          border-radius: 3px; padding: 0 .1em; }
        .gap { display: block; color: var(--soft); text-align: center; padding: .6rem 0; font-family: system-ui, sans-serif; }
        footer { color: var(--soft); font-size: .8rem; border-top: 1px solid var(--rule); padding-top: 1rem; }
        @media (max-width: 760px) {
          main { padding: 1.5rem 1rem 2rem; }
          .pair, .details .pair, .charts { grid-template-columns: minmax(0, 1fr); gap: 1.75rem; }
          .pair section { margin-bottom: .75rem; } .pair { margin-bottom: 1.75rem; }
          .tiles { grid-template-columns: 1fr 1fr; }
          .tiles div { padding: .75rem .5rem .75rem 1rem; }
          .tiles div:nth-child(odd) { border-left: 0; padding-left: 0; }
          .tiles div:nth-child(n+3) { border-top: 1px solid var(--rule); }
          .tiles b { font-size: 1.4rem; }
          .head { display: none; }
          #rows { border-top: 1px solid var(--rule); }
          summary { grid-template-columns: 1rem minmax(0, 1fr) auto; gap: .3rem .6rem; padding: .7rem .25rem; }
          .number { display: none; }
          .meter { grid-column: 2 / -1; }
          .details { padding: .25rem .25rem 1.25rem; }
        }
        @media print {
          .tools { display: none; } body { background: none; } pre { max-height: none; }
        }
        """
}
