const title = /^# (.+)$/m;
const readerAndQuestion = /^# .+\n+_(For [^_]+?): ([^_]+\?)_$/m;

/** What a page says of itself. */
export interface PageText {
  readonly title: string;
  /** Its first line: who reads it, and which question it answers. */
  readonly reader: string | null;
  readonly question: string | null;
}

/** Pure. */
export function readPageText(markdown: string): PageText {
  const [, reader = null, question = null] = readerAndQuestion.exec(markdown) ?? [];
  return { title: title.exec(markdown)?.[1]?.replaceAll('`', '') ?? '', reader, question };
}
