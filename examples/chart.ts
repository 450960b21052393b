/** The colours of the reports, light and dark, as a style of an SVG. */
const chartStyle = `<style>
  :root { color-scheme: light dark; }
  text { font: 13px system-ui, 'DejaVu Sans', sans-serif; fill: #1c1f24; }
  .soft { fill: #585e68; }
  .card { fill: #ffffff; stroke: #dcdcd6; }
  .line { stroke: #dcdcd6; fill: none; }
  .passed { fill: #156c40; } .failed { fill: #b3231a; } .accent { stroke: #1f56b3; fill: none; stroke-width: 2; }
  .warned { fill: #855300; } .inconclusive { fill: #6739b7; } .area { fill: #156c40; opacity: 0.2; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e7e8ea; }
    .soft { fill: #a4abb6; }
    .card { fill: #1b1e24; stroke: #31363f; }
    .line { stroke: #31363f; }
    .passed, .area { fill: #5fcf97; } .failed { fill: #ff9489; } .accent { stroke: #86b4ff; }
    .warned { fill: #f0b655; } .inconclusive { fill: #c0a5ff; }
  }
</style>`;

/** The whole picture: a card with a title and a sentence that says what it shows. */
export function card(
  width: number,
  height: number,
  title: string,
  description: string,
  content: string,
): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title description">
<title id="title">${title}</title>
<desc id="description">${description}</desc>
${chartStyle}
<rect class="card" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>
<text x="24" y="34" style="font-size: 17px; font-weight: 600">${title}</text>
<text class="soft" x="24" y="56">${description}</text>
${content}
</svg>
`;
}
