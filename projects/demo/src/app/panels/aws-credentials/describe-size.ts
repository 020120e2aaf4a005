/** A number of bytes as a list of files shows it: `12 B`, `3.4 kB`, `1.2 MB`. Pure. */
export function describeSize(bytes: number): string {
  const unit = UNITS.find(([size]) => bytes >= size);
  if (unit === undefined) return `${bytes} B`;
  const [size, name] = unit;
  return `${(bytes / size).toFixed(1)} ${name}`;
}

const UNITS = [
  [1_000_000_000, 'GB'],
  [1_000_000, 'MB'],
  [1000, 'kB'],
] as const;
