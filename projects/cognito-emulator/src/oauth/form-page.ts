import type { ShownParameters } from './authorize-request';

export interface FormPage extends ShownParameters {
  /** Where the form goes: the path of the page, with the query of the authorization request. */
  readonly action: string;
  readonly clientId: string;
  readonly problem: string | null;
}

/** A page of the managed login: a plain form that posts the query of the authorization request back with the credentials. */
export function formPage({
  action,
  clientId,
  problem,
  provider,
  lang = 'en',
  loginHint = '',
}: FormPage): string {
  const verb = action.startsWith('/signup') ? 'Sign up' : 'Sign in';
  const title = provider === undefined ? verb : `${verb} with ${provider}`;
  const message = problem === null ? '' : `<p role="alert">${escapeHtml(problem)}</p>`;
  return `<!doctype html>
<html lang="${escapeHtml(lang)}">
<head><meta charset="utf-8"><link rel="icon" href="data:,"><title>${escapeHtml(title)}</title><meta name="viewport" content="width=device-width">
<style>body{font:16px system-ui;max-width:20rem;margin:4rem auto;padding:0 1rem}input,button{display:block;width:100%;
box-sizing:border-box;font:inherit;padding:.5rem;margin:.25rem 0 1rem}p[role=alert]{color:#b00020}</style></head>
<body><h1>${escapeHtml(title)}</h1><p>Local Cognito, client ${escapeHtml(clientId)}</p>${message}
<form method="post" action="${escapeHtml(action)}">
<label>Username <input name="username" value="${escapeHtml(loginHint)}" autocomplete="username" required autofocus></label>
<label>Password <input name="password" type="password" autocomplete="current-password" required></label>
<button type="submit">${verb}</button>
<button type="submit" name="cancel" value="yes" formnovalidate>Cancel</button></form></body></html>`;
}

export function errorPage(message: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,"><title>Error</title></head>
<body><h1>An error was encountered with the requested page.</h1><p>${escapeHtml(message)}</p></body></html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
