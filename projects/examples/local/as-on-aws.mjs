// @ts-check
import process from 'node:process';

/**
 * Loaded before an example (`node --import`), so that the example runs on this machine as it is written for AWS: its calls to
 * Cognito's address go to the local Cognito. A parent process may move the clock with the message `{ advanceMs }`, which is answered
 * with `{ aheadMs }`.
 */
const endpoint = process.env['COGNITO_ENDPOINT'] ?? '';
const cognito = /^https:\/\/cognito-idp\.[\w-]+\.amazonaws\.com(?=\/|$)/;

const { fetch: send } = globalThis;
/**
 * @param {string | URL | Request} input
 * @param {RequestInit} [init]
 */
globalThis.fetch = (input, init) =>
  send(typeof input === 'string' ? input.replace(cognito, endpoint) : input, init);

const { now } = Date;
let aheadMs = 0;
Date.now = () => now() + aheadMs;

process.on('message', (message) => {
  if (typeof message !== 'object' || message === null || !('advanceMs' in message)) return;
  aheadMs += Number(message.advanceMs);
  process.send?.({ aheadMs });
});
// The parent has ended, however it did.
process.on('disconnect', () => process.exit());
