import getPort, { portNumbers } from 'get-port';

const TRIES = 100;

/** The requested port, or the next free one. */
export function freePort(wanted: number): Promise<number> {
  return getPort({ host: '127.0.0.1', port: portNumbers(wanted, Math.min(65_535, wanted + TRIES)) });
}
