// Renders pages with the built server, as a host would.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { reqHandler } from './dist/consumer/server/server.mjs';

async function render(url) {
  const home = await fetch(url);
  assert.equal(home.status, 200);
  const page = await home.text();
  assert.match(page, /No user is signed in\./);
  assert.match(page, /Welcome\./);

  const account = await fetch(`${url}/account`, { redirect: 'manual' });
  // The server does not know the user: it leaves the page out, and the browser decides.
  assert.equal(account.status, 200);
  const shell = await account.text();
  assert.match(shell, /No user is signed in\./);
  assert.doesNotMatch(shell, /The account of|Welcome\./);
}

const server = createServer(reqHandler);
server.listen(0, '127.0.0.1', () => {
  render(`http://127.0.0.1:${server.address().port}`).then(
    () => process.exit(0),
    // Reported here: Angular's server catches unhandled errors and continues.
    (error) => {
      console.error(error);
      process.exit(1);
    },
  );
});
