// expect-eslint: local/no-ambient-time
export const later = (document: Document, run: () => void): unknown =>
  document.defaultView?.setTimeout(run, 1);
