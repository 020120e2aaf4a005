/** The page of the example. It holds nothing of the user: its script asks the server. */
export const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>Sessions on AWS Lambda</title>
    <script src="/page.js" type="module"></script>
  </head>
  <body>
    <h1>Sessions on AWS Lambda</h1>
    <p id="user">…</p>
    <p>
      <a id="sign-in" href="/auth/login?returnUrl=/" hidden>Sign in</a>
      <button id="call" hidden>Call the API</button>
      <button id="sign-out" hidden>Sign out</button>
    </p>
    <pre id="answer"></pre>
  </body>
</html>
`;

/** Each call carries the header that a page of another origin cannot send. */
export const PAGE_SCRIPT = `const element = (id) => document.getElementById(id);
const call = (path, method = 'GET') => fetch(path, { method, headers: { 'X-CSRF': '1' } });

// 503: Cognito or the table cannot answer now. The session is kept.
async function jsonOf(path, method) {
  const answer = await call(path, method);
  if (answer.ok) return answer.json();
  element('answer').textContent = 'The server answers ' + answer.status + '. Try again later.';
  return undefined;
}

async function show() {
  const session = await jsonOf('/auth/session');
  if (session === undefined) return;
  element('user').textContent = session ? 'Signed in as ' + session.user.username : 'Signed out';
  element('sign-in').hidden = session !== null;
  element('call').hidden = element('sign-out').hidden = session === null;
}

element('call').addEventListener('click', async () => {
  const answer = await call('/api/hello');
  element('answer').textContent = answer.status + ' ' + (await answer.text());
});
element('sign-out').addEventListener('click', async () => {
  const signedOut = await jsonOf('/auth/signout', 'POST');
  if (signedOut !== undefined) location.assign(signedOut.logoutUrl);
});
await show();
`;
