// @ts-check
import process from 'node:process';

/** A stand-in for the Lambda runtime: events come in as messages, and results go out, both as JSON. */
const { handler } = await import(process.argv[2] ?? '');

/** @param {{ id?: number, event?: object }} message */
const invoke = ({ id, event }) => {
  // Another message moves the clock.
  if (id === undefined) return;
  handler(event, {}).then(
    (/** @type {unknown} */ result) => process.send?.({ id, result }),
    (/** @type {unknown} */ error) => process.send?.({ id, error: String(error) }),
  );
};
process.on('message', invoke);
process.send?.('ready');
