import { createHash } from 'node:crypto';
import type { StoredObject } from './stored-object';

export type NewObject = Pick<
  StoredObject,
  'key' | 'body' | 'headers' | 'checksums' | 'writtenBy' | 'lastModified'
>;

/** The objects of one bucket, in memory. */
export class Bucket {
  private readonly objects = new Map<string, StoredObject>();

  constructor(readonly name: string) {}

  put(object: NewObject): StoredObject {
    const eTag = `"${createHash('md5').update(object.body).digest('hex')}"`;
    const stored: StoredObject = { ...object, eTag };
    this.objects.set(object.key, stored);
    return stored;
  }

  find(key: string): StoredObject | undefined {
    return this.objects.get(key);
  }

  delete(key: string): void {
    this.objects.delete(key);
  }

  all(): readonly StoredObject[] {
    return [...this.objects.values()];
  }
}
