import { queryValue, type ReceivedRequest } from '../signed/received-request';
import type { StoredObject } from './stored-object';
import { element, xmlDocument } from './xml';

const MAX_KEYS = 1000;

type Entry = { readonly name: string } & ({ readonly object: StoredObject } | { readonly isPrefix: true });

/** The answer of `ListObjectsV2`: keys in the order of their bytes, those behind the delimiter folded into common prefixes, in pages. */
export function listObjects(
  request: ReceivedRequest,
  bucket: string,
  objects: readonly StoredObject[],
): string {
  const value = (name: string) => queryValue(request, name) ?? '';
  const [prefix, delimiter] = [value('prefix'), value('delimiter')];
  const maxKeys = Math.min(MAX_KEYS, Number(value('max-keys') || MAX_KEYS));
  const token = value('continuation-token');
  const after = token === '' ? value('start-after') : Buffer.from(token, 'base64').toString('utf8');
  const entries = entriesOf(objects, prefix, delimiter).filter(
    ({ name }) => after === '' || compare(name, after) > 0,
  );
  const page = entries.slice(0, maxKeys);
  const isTruncated = entries.length > page.length;
  const encode = value('encoding-type') === 'url' ? encodeURIComponent : (text: string) => text;
  return xmlDocument(
    'ListBucketResult',
    element('Name', bucket),
    element('Prefix', encode(prefix)),
    element('KeyCount', String(page.length)),
    element('MaxKeys', String(maxKeys)),
    ...(delimiter === '' ? [] : [element('Delimiter', encode(delimiter))]),
    element('IsTruncated', String(isTruncated)),
    ...(isTruncated
      ? [element('NextContinuationToken', Buffer.from(page.at(-1)?.name ?? '').toString('base64'))]
      : []),
    ...page.map((entry) => renderEntry(entry, encode)),
  );
}

function entriesOf(objects: readonly StoredObject[], prefix: string, delimiter: string): Entry[] {
  const entries = new Map<string, Entry>();
  for (const object of objects) {
    if (!object.key.startsWith(prefix)) continue;
    const end = delimiter === '' ? -1 : object.key.indexOf(delimiter, prefix.length);
    const name = end === -1 ? object.key : object.key.slice(0, end + delimiter.length);
    entries.set(name, end === -1 ? { name, object } : { name, isPrefix: true });
  }
  return [...entries.values()].sort((a, b) => compare(a.name, b.name));
}

function renderEntry(entry: Entry, encode: (text: string) => string): string {
  if ('isPrefix' in entry) return element('CommonPrefixes', { raw: element('Prefix', encode(entry.name)) });
  const { key, eTag, body, lastModified } = entry.object;
  const parts = [
    element('Key', encode(key)),
    element('LastModified', new Date(lastModified).toISOString()),
    element('ETag', eTag),
    element('Size', String(body.length)),
    element('StorageClass', 'STANDARD'),
  ];
  return element('Contents', { raw: parts.join('') });
}

function compare(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
