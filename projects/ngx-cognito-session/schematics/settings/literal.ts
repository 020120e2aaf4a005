/** A string as TypeScript code, in single quotes. Pure. */
export function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

export const quotedList = (texts: readonly string[]): string => `[${texts.map(quoted).join(', ')}]`;
