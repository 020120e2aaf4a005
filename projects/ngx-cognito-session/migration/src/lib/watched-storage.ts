/** A storage that reports the name of each item that is read through it. */
export function watchedStorage(storage: Storage, onRead: (name: string) => void): Storage {
  return new Proxy(storage, {
    get: (target, property) => {
      const value: unknown = Reflect.get(target, property);
      if (property === 'getItem')
        return (name: string) => {
          onRead(name);
          return target.getItem(name);
        };
      if (typeof value === 'function') return value.bind(target) as unknown;
      if (typeof property === 'string') onRead(property);
      return value;
    },
  });
}
