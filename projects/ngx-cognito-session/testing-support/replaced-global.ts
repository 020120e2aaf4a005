/** Puts something in the place of a property of the page; gives back what undoes it. */
export function replaceProperty(target: object, name: string, descriptor: PropertyDescriptor): () => void {
  const own = Object.getOwnPropertyDescriptor(target, name);
  Object.defineProperty(target, name, { ...descriptor, configurable: true });
  return () => {
    if (own === undefined) Reflect.deleteProperty(target, name);
    else Object.defineProperty(target, name, own);
  };
}

/** Access to a global as browsers refuse it. */
export function denyGlobal(name: 'localStorage' | 'sessionStorage' | 'indexedDB'): () => void {
  return replaceProperty(globalThis, name, { get: throwSecurityError });
}

export function throwSecurityError(): never {
  throw new DOMException('Access is denied for this document.', 'SecurityError');
}
