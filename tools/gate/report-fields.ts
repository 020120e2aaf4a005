export type Fields = Readonly<Record<string, unknown>>;

/** Reads a report of which nothing is known; throws with the place that is no object. */
export function fieldsOf(value: unknown, where: string): Fields {
  if (typeof value !== 'object' || value === null) throw new Error(`${where} is no object`);
  return value as Fields;
}

/** The objects of a list; what is no list has none. */
export function objectsAt(fields: Fields, name: string): readonly Fields[] {
  const value = fields[name];
  return Array.isArray(value) ? value.map((item) => fieldsOf(item, name)) : [];
}

/** The texts of a list; what is no list has none. */
export function textsAt(fields: Fields, name: string): readonly string[] {
  const value = fields[name];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

export function textAt(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
}
