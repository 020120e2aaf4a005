import { FLOOR, OURS } from '../peers';
import { hasFailed, type Table } from '../results';
import { format } from './table';

export interface Chart {
  readonly title: string;
  readonly metric: string;
  readonly unit: string;
  readonly digits: number;
}

const ROW = 26;
const TOP = 64;
const LABELS = 210;
const BARS = 400;
const VALUES = 110;
const WIDTH = LABELS + BARS + VALUES;
/** The smallest bar that can be seen. */
const LEAST_BAR = 2;

/**
 * The medians of a metric as bars on a logarithmic scale. The picture has a background of its own, so that it is readable on any
 * page, and follows the colours that the reader prefers. The values are in text.
 */
export function svgChart(table: Table, { title, metric, unit, digits }: Chart): string {
  const bars = table.rows.flatMap((row) => {
    const value = row.values[metric]?.median;
    return value === undefined || hasFailed(row) ? [] : [{ peer: row.peer, value }];
  });
  const lengthOf = logScale(bars.map(({ value }) => value));
  const height = TOP + bars.length * ROW + 16;
  const rows = bars.map(({ peer, value }, index) => {
    const y = TOP + index * ROW;
    return [
      `<text x="${LABELS - 10}" y="${y + 14}" text-anchor="end">${escapeXml(peer)}</text>`,
      `<rect class="${classOf(peer)}" x="${LABELS}" y="${y + 2}" width="${lengthOf(value).toFixed(1)}" height="16" rx="2"/>`,
      `<text x="${(LABELS + lengthOf(value) + 8).toFixed(1)}" y="${y + 14}">${format(value, digits)}</text>`,
    ].join('');
  });
  const description = bars.map(({ peer, value }) => `${peer} ${format(value, digits)} ${unit}`).join(', ');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title description">
<title id="title">${escapeXml(title)}</title>
<desc id="description">${escapeXml(description)}</desc>
<style>${STYLE}</style>
<rect class="card" width="${WIDTH}" height="${height}" rx="8"/>
<text class="title" x="16" y="28">${escapeXml(title)}</text>
<text x="16" y="48">${escapeXml(`${unit}, median, logarithmic scale; shorter is better`)}</text>
${rows.join('\n')}
</svg>
`;
}

/** Text 4.5:1 and bars 3:1 against the background, in both schemes. */
const STYLE = [
  'text{font:13px system-ui,sans-serif;fill:#3c3c43}.title{font-weight:600;font-size:15px}',
  '.card{fill:#fff;stroke:#c2c2c4}.other{fill:#767680}.floor{fill:#9a6700}.ours{fill:#3451b2}',
  '@media (prefers-color-scheme:dark){text{fill:#dfdfd6}.card{fill:#1b1b1f;stroke:#3c3f44}',
  '.other{fill:#8e8e96}.floor{fill:#d29922}.ours{fill:#a8b1ff}}',
].join('');

function classOf(peer: string): string {
  if (peer === OURS) return 'ours';
  return peer === FLOOR ? 'floor' : 'other';
}

/** The length of a bar by its value. A value of nothing has the smallest bar. */
function logScale(values: readonly number[]): (value: number) => number {
  const positive = values.filter((value) => value > 0);
  const least = Math.log10(Math.min(...positive)) - 0.2;
  const most = Math.log10(Math.max(...positive));
  return (value) =>
    value > 0 ? Math.max(LEAST_BAR, (BARS * (Math.log10(value) - least)) / (most - least)) : LEAST_BAR;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
