import { FLOOR } from '../peers';
import type { Metric, Row, Table } from '../results';
import type { Summary } from '../statistics';

/** A table in Markdown: medians, the range of all rounds where they differ, and the ratio to the floor. */
export function markdownTable({ metrics, rows }: Table): string {
  const floor = rows.find(({ peer }) => peer === FLOOR);
  const lines = [
    ['', ...metrics.map(({ label }) => label)],
    ['---', ...metrics.map(() => '---:')],
    ...rows.map((row) => [row.peer, ...metrics.map((metric) => cell(metric, row, floor))]),
  ];
  return lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
}

/** The reasons for the dashes of a table, as a list in Markdown. */
export function markdownReasons({ rows }: Table): string {
  return rows
    .flatMap(({ peer, reason }) => (reason === undefined ? [] : [`- ${peer}: ${reason}`]))
    .join('\n');
}

function cell(metric: Metric, { values }: Row, floor: Row | undefined): string {
  const value = values[metric.id];
  if (value === undefined) return '–';
  return withRange(value, metric.digits) + ratio(metric, value, floor?.values[metric.id]);
}

function withRange({ median, min, max }: Summary, digits: number): string {
  const [middle, low, high] = [median, min, max].map((value) => format(value, digits));
  return low === high ? String(middle) : `${middle} (${low}–${high})`;
}

function ratio({ hasRatio }: Metric, { median }: Summary, floor: Summary | undefined): string {
  if (!hasRatio || floor === undefined || floor.median <= 0) return '';
  return `, ${(median / floor.median).toFixed(1)}×`;
}

/** With thousands separated, as people read them. */
export function format(value: number, digits: number): string {
  const text = value.toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return /^-0(\.0+)?$/.test(text) ? text.slice(1) : text;
}
