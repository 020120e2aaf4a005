/** The one file that may speak to the console. */
export function write(message: string): void {
  console.warn(message);
}
