const S3_NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** An element with text, which is escaped, or with elements, which are not. */
export function element(name: string, content: string | { readonly raw: string }): string {
  const inner = typeof content === 'string' ? escapeXml(content) : content.raw;
  return `<${name}>${inner}</${name}>`;
}

export function xmlDocument(name: string, ...elements: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="${S3_NAMESPACE}">${elements.join('')}</${name}>`;
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
