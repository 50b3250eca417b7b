// The picture of docs/performance-cost.md, as SVG text: how long until a page is of use, beside Moodle's, and what a month takes.

const WIDTH = 900;
const LEFT = 270;
const RIGHT = 90;
const ROW = 26;
const BAR = 16;
/** What a month should take at most, in bytes. */
export const MONTH_AIM = 400_000;
const OURS = "#0b3d5c";
const THEIRS = "#8a9099";
const LIMIT = "#d35400";
const SHADES = ["#0b3d5c", "#2a6f97", "#61a5c2", "#a9d6e5", "#d35400", "#f0a868", "#8a9099"];

/** `cost`: target/cost.json. `pages`: those of peers.json. */
export function picture(cost, pages) {
  const parts = [times(Object.values(cost.visits), pages), ...(cost.month ? [month(cost.month)] : [])];
  let top = 0;
  const drawn = parts.map(({ height, svg }) => {
    const placed = `<g transform="translate(0 ${top})">${svg}</g>`;
    top += height;
    return placed;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top}" role="img" aria-labelledby="title" font-family="sans-serif" font-size="14">`,
    `<title id="title">How long a visit takes until it is of use, and what a month takes; the tables beside it say the same</title>`,
    `<rect width="${WIDTH}" height="${top}" fill="#fff"/>`,
    ...drawn,
    `</svg>\n`,
  ].join("\n");
}

function times(visits, pages) {
  const names = {
    "before sign-in": "the form, first visit",
    cold: "first visit",
    again: "another day",
    offline: "no network",
  };
  const rows = visits
    .filter(({ line }) => line !== "no limit")
    .flatMap((one) => [
      { label: `${one.line}, ${names[one.visit]}`, ms: one.usefulMs, limit: one.needed.limitMs, fill: OURS },
      ...pages
        .filter((peer) => peer.page.includes("dashboard") && peer.line === one.line && peer.visit === one.visit)
        .map((peer) => ({ label: "Moodle's dashboard", ms: peer.usefulMs, limit: 0, fill: THEIRS })),
    ]);
  const longest = Math.max(...rows.map(({ ms }) => ms));
  const x = (ms) => LEFT + (ms / longest) * (WIDTH - LEFT - RIGHT);
  const drawn = rows.flatMap(({ label, ms, limit, fill }, i) => {
    const y = 44 + i * ROW;
    return [
      text(LEFT - 10, y + 13, label, "end"),
      box(LEFT, y, Math.max(x(ms) - LEFT, 1), fill),
      ...(limit > 0 ? [`<path d="M${round(x(limit))} ${y - 3}v${BAR + 6}" stroke="${LIMIT}" stroke-width="3"/>`] : []),
      text(Math.max(x(ms), x(limit)) + 8, y + 13, `${(ms / 1_000).toFixed(1)} s`),
    ];
  });
  const svg = [
    text(20, 24, "Seconds until the page is of use", "start", "bold"),
    `<path d="M${WIDTH - 345} 12v16" stroke="${LIMIT}" stroke-width="3"/>`,
    text(WIDTH - 335, 24, "what bytes and round trips alone would take"),
    ...drawn,
  ];
  return { height: 60 + rows.length * ROW, svg: svg.join("") };
}

function month({ parts, server }) {
  const all = server.down + server.up;
  const x = (bytes) => 20 + (bytes / Math.max(all, MONTH_AIM)) * (WIDTH - 40);
  let at = 0;
  const rows = Object.entries(parts).map(([name, { down, up }], i) => {
    const from = at;
    at += down + up;
    const y = 92 + i * ROW;
    return [
      box(x(from), 40, x(at) - x(from), SHADES[i % SHADES.length]),
      `<rect x="20" y="${y}" width="${BAR}" height="${BAR}" fill="${SHADES[i % SHADES.length]}"/>`,
      text(44, y + 13, `${name}: ${kB(down)} to the phone, ${kB(up)} from it`),
    ].join("");
  });
  const aim = round(x(MONTH_AIM));
  const svg = [
    text(20, 24, `A month: ${kB(all)}, both ways`, "start", "bold"),
    ...rows,
    `<path d="M${aim} 34v${BAR + 12}" stroke="${LIMIT}" stroke-width="3"/>`,
    text(aim > WIDTH / 2 ? aim - 4 : aim + 4, 78, `the aim: ${kB(MONTH_AIM)}`, aim > WIDTH / 2 ? "end" : "start"),
  ];
  return { height: 106 + rows.length * ROW, svg: svg.join("") };
}

function text(x, y, said, anchor = "start", weight = "normal") {
  const safe = said.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<text x="${round(x)}" y="${y}" text-anchor="${anchor}" font-weight="${weight}" fill="#1d2329">${safe}</text>`;
}

function box(x, y, width, fill) {
  return `<rect x="${round(x)}" y="${y}" width="${round(width)}" height="${BAR}" fill="${fill}"/>`;
}

const round = (n) => Math.round(n * 10) / 10;
const kB = (bytes) => `${(bytes / 1_000).toFixed(0)} kB`;
