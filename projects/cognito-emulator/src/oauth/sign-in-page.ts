/** The page of the managed login: a plain form that posts the query of the authorization request back with the credentials. */
export function signInPage(action: string, clientId: string, problem: string | null): string {
  const message = problem === null ? '' : `<p role="alert">${escapeHtml(problem)}</p>`;
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><link rel="icon" href="data:,"><title>Sign in</title><meta name="viewport" content="width=device-width">
<style>body{font:16px system-ui;max-width:20rem;margin:4rem auto;padding:0 1rem}input,button{display:block;width:100%;
box-sizing:border-box;font:inherit;padding:.5rem;margin:.25rem 0 1rem}p[role=alert]{color:#b00020}</style></head>
<body><h1>Sign in</h1><p>Local Cognito, client ${escapeHtml(clientId)}</p>${message}
<form method="post" action="${escapeHtml(action)}">
<label>Username <input name="username" autocomplete="username" required autofocus></label>
<label>Password <input name="password" type="password" autocomplete="current-password" required></label>
<button type="submit">Sign in</button></form></body></html>`;
}

export function errorPage(message: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,"><title>Error</title></head>
<body><h1>An error was encountered with the requested page.</h1><p>${escapeHtml(message)}</p></body></html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
