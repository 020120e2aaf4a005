/** What is said: `undefined` says nothing, though it would overwrite a default. Pure. */
export function withoutUndefined<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;
}
