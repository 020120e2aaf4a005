/** Where a document wants the code of one of its blocks. */
export interface CodeBlock {
  readonly path: string;
  readonly content: string;
  /** A new file, the first lines of a file that is there, or what follows this text in it. */
  readonly place: 'newFile' | 'top' | { readonly after: string };
}

const fenceStart = /^(`{3,})(\S*)(.*)$/;

const attributeOf = (info: string, name: string): string | undefined =>
  new RegExp(`\\b${name}="([^"]*)"`).exec(info)?.[1];

/** A document says what to write; it must not say it outside of the app's own sources. */
function assertInsideSources(path: string): void {
  if (!/^src\/[\w./-]+$/.test(path) || path.split('/').includes('..')) {
    throw new Error(`A code block is titled ${path}: only files below src/ can be extracted.`);
  }
}

function placeOf(info: string): CodeBlock['place'] {
  const after = attributeOf(info, 'after');
  if (after !== undefined) return { after };
  return attributeOf(info, 'at') === 'top' ? 'top' : 'newFile';
}

/**
 * The code of a document: its fenced blocks with a file name in the info string, as in ```ts title="src/app/account.ts" for a new
 * file, or with `at="top"` or `after="providers: ["` for lines to add to a file. Blocks without a title are for reading only.
 */
export function extractBlocks(markdown: string): readonly CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let open: { readonly fence: string; readonly info: string; readonly lines: string[] } | null = null;

  for (const line of markdown.split(/\r?\n/)) {
    if (open === null) {
      const [, fence, , info = ''] = fenceStart.exec(line) ?? [];
      if (fence !== undefined) open = { fence, info, lines: [] };
    } else if (line.trimEnd() === open.fence) {
      const { info, lines } = open;
      const path = attributeOf(info, 'title');
      if (path !== undefined) {
        assertInsideSources(path);
        blocks.push({ path, content: `${lines.join('\n')}\n`, place: placeOf(info) });
      }
      open = null;
    } else {
      open.lines.push(line);
    }
  }
  if (open !== null) throw new Error(`A code block has no end: ${open.lines[0] ?? open.info}`);
  return blocks;
}
