export interface ExtractedFile {
  readonly path: string;
  readonly content: string;
}

const fenceStart = /^(`{3,})(\S*)(.*)$/;
const title = /\btitle="([^"]*)"/;

/** A document says what to write; it must not say it outside of the app's own sources. */
function assertInsideSources(path: string): void {
  if (!/^src\/[\w./-]+$/.test(path) || path.split('/').includes('..')) {
    throw new Error(`A code block is titled ${path}: only files below src/ can be extracted.`);
  }
}

/**
 * The files of a document: its fenced code blocks with a file name in the info string, as in
 * ```ts title="src/app/app.config.ts". Blocks without a title are for reading only.
 */
export function extractFiles(markdown: string): readonly ExtractedFile[] {
  const files: ExtractedFile[] = [];
  let open: { readonly fence: string; readonly path: string | undefined; readonly lines: string[] } | null =
    null;

  for (const line of markdown.split(/\r?\n/)) {
    if (open === null) {
      const [, fence, , info = ''] = fenceStart.exec(line) ?? [];
      if (fence !== undefined) open = { fence, path: title.exec(info)?.[1], lines: [] };
    } else if (line.trimEnd() === open.fence) {
      const { path, lines } = open;
      if (path !== undefined) {
        assertInsideSources(path);
        if (files.some((file) => file.path === path)) throw new Error(`Two code blocks are titled ${path}.`);
        files.push({ path, content: `${lines.join('\n')}\n` });
      }
      open = null;
    } else {
      open.lines.push(line);
    }
  }
  if (open !== null) throw new Error(`A code block${open.path ? ` titled ${open.path}` : ''} has no end.`);
  return files;
}
