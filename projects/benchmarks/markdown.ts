/** A table: its head, then its rows. */
export type Table = readonly [head: readonly string[], ...rows: (readonly string[])[]];

/** The table as Markdown. */
export function markdownOf([head, ...rows]: Table): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
