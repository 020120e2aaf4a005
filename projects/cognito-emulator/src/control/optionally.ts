/** An object with the key only if there is a value: optional properties never hold undefined here. */
export function optionally<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}
