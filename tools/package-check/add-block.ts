import type { CodeBlock } from './extract-blocks';

/**
 * A file of an app, with a code block of a document added to it; `null` stands for a file that the app does not have. Nothing is
 * ever replaced: a document that wants to do so, or that names a text which the file does not have exactly once, is wrong. Pure.
 */
export function addBlock(file: string | null, { path, content, place }: CodeBlock): string {
  if (place === 'newFile') {
    if (file !== null) throw new Error(`${path} is a whole file, and the app has this file already.`);
    return content;
  }
  if (file === null) throw new Error(`Lines are to be added to ${path}, which the app does not have.`);
  if (place === 'top') return content + file;
  const [before = '', rest, ...others] = file.split(place.after);
  if (rest === undefined || others.length > 0)
    throw new Error(`Lines are to be added to ${path} after a text that is not there once: ${place.after}`);
  return `${before}${place.after}\n${content}${rest.replace(/^\n/, '')}`;
}
